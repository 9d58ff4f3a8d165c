import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aCaller, gatewayIsAlive, type Platform, startPlatform } from './support.js';
import { aResult, aTerminal, type Terminal } from './terminal.js';

describe('payments are found', () => {
  let platform: Platform;
  beforeAll(async () => {
    platform = await startPlatform();
  });
  afterAll(() => platform.stop());

  const find = async (terminal: Terminal, query: string): Promise<{ ids: string[]; next: string | null }> => {
    const answer = await terminal.get(`/v2/payments?${query}`);
    const { data, next } = answer.json<{ data: { id: string }[]; next: string | null }>();
    return { ids: data.map(({ id }) => id), next };
  };

  /** Three payments of one account on two devices, the newest last. */
  async function aDay() {
    const caller = aCaller();
    const [one, other] = [await aTerminal(platform, caller), await aTerminal(platform, caller)];
    const approved = await one.purchase({ invoiceNumber: 'T-1' });
    await one.begin(approved);
    await one.reports(aResult(approved));
    const cancelled = await one.purchase({ invoiceNumber: 'T-1' });
    await one.cancelled(cancelled);
    const keyed = await other.post(
      { currency: 'CAD', transactionAmount: 1 },
      { 'idempotency-key': 'table-four-lunch' },
    );
    return { one, other, approved, cancelled, open: keyed.json<{ id: string }>().id };
  }

  it('newest first, by invoice number, key, device and status, together too', async () => {
    const { one, other, approved, cancelled, open } = await aDay();
    expect(await find(one, '')).toEqual({ ids: [open, cancelled, approved], next: null });
    expect((await find(one, 'invoiceNumber=T-1')).ids).toEqual([cancelled, approved]);
    expect((await find(one, 'idempotencyKey=table-four-lunch')).ids).toEqual([open]);
    expect((await find(one, `deviceCode=${other.code.toLowerCase()}`)).ids).toEqual([open]);
    expect((await find(one, 'status=approved')).ids).toEqual([approved]);
    expect((await find(one, 'invoiceNumber=T-1&status=cancelled')).ids).toEqual([cancelled]);
    expect((await find(one, 'invoiceNumber=nothing')).ids).toEqual([]);
  });

  it('page by page, each once', async () => {
    const { one, approved, cancelled, open } = await aDay();
    const first = await find(one, 'limit=2');
    expect(first).toEqual({ ids: [open, cancelled], next: cancelled });
    expect(await find(one, `limit=2&after=${first.next ?? ''}`)).toEqual({ ids: [approved], next: null });
    expect(await find(one, 'limit=3')).toEqual({ ids: [open, cancelled, approved], next: null });
  });

  it('with their card transactions, and never those of another account', async () => {
    const { one, approved } = await aDay();
    const stranger = await aTerminal(platform, aCaller());
    const { data } = (await one.get('/v2/payments?status=approved')).json<{ data: object[] }>();
    expect(data).toMatchObject([{ id: approved, cardTransaction: { paymentId: approved, status: 'APPROVED' } }]);
    expect((await find(stranger, 'invoiceNumber=T-1')).ids).toEqual([]);
    expect((await find(stranger, 'idempotencyKey=table-four-lunch')).ids).toEqual([]);
  });

  it.each([
    ['status=foo', 'status'],
    ['after=1', 'after'],
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['deviceCode=ABCDE', 'deviceCode'],
    ['invoiceNumber=%00', 'invoiceNumber'],
    ['colour=red', 'colour'],
  ])('not by %s', async (query, field) => {
    const answer = await (await aTerminal(platform, aCaller())).get(`/v2/payments?${query}`);
    expect([answer.statusCode, answer.json<{ fields: string[] }>().fields]).toEqual([400, [field]]);
  });

  it('with a mark when the same device charged the same card the same amount a moment before', async () => {
    const caller = aCaller();
    const [one, other] = [await aTerminal(platform, caller), await aTerminal(platform, caller)];
    const pays = async (terminal: Terminal, more: object = {}): Promise<unknown> => {
      const id = await terminal.purchase();
      await terminal.begin(id);
      await terminal.reports(aResult(id, more));
      const { suspectedDuplicate, cardTransaction } = (await terminal.get(`/v2/payments/${id}`)).json<{
        suspectedDuplicate: boolean;
        cardTransaction: { warning: string };
      }>();
      expect(cardTransaction.warning).toBe(
        suspectedDuplicate ? 'Suspected duplicate: same device, amount and card within 5 minutes' : '',
      );
      return suspectedDuplicate;
    };
    expect(await pays(one)).toBe(false);
    expect(await pays(other)).toBe(false);
    expect(await pays(one, { outcome: 'declined', declineReason: 'over_limit', approvalCode: null })).toBe(false);
    expect(await pays(one, { card: { ...card, lastFour: '1111', token: 'tok_2' } })).toBe(false);
    expect(await pays(one)).toBe(true);
    platform.clock.forward({ seconds: 301 });
    await gatewayIsAlive(platform);
    expect(await pays(one)).toBe(false);
  });
});

const card = { type: 'VI', firstSix: '424242', lastFour: '4242', holder: 'DOE/JANE', token: 'tok_1' };
