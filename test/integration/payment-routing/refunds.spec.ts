import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Caller } from '#http-door';
import { aCaller, type Platform, startPlatform } from './support.js';
import { aResult, aTerminal, type Terminal } from './terminal.js';

const admin = { permissions: { general: 'read', settings: 'none', processing: 'admin' } } as const;

describe('a refund', () => {
  let platform: Platform;
  beforeAll(async () => {
    platform = await startPlatform();
  });
  afterAll(() => platform.stop());

  /** An approved purchase of 10.99; gives the id of its card transaction. */
  async function bought(terminal: Terminal, tip = 0): Promise<number> {
    const id = await terminal.purchase(tip > 0 ? { tipping: { percentages: [10] } } : {});
    await terminal.begin(id, 1, tip);
    await terminal.reports(aResult(id, { amount: 1099 + tip, tip }));
    return (await terminal.get(`/v2/payments/${id}`)).json<{ transactionId: number }>().transactionId;
  }

  const refund = (terminal: Terminal, body: object, headers: Record<string, string> = {}) =>
    terminal.call('POST', `/v2/devices/${terminal.code}/payment/refund`, body, headers);

  async function paidBack(
    terminal: Terminal,
    originalTransactionId: number,
    transactionAmount: number,
  ): Promise<string> {
    const answer = await refund(terminal, { transactionAmount, originalTransactionId });
    const { id } = answer.json<{ id: string }>();
    await terminal.begin(id);
    await terminal.reports(aResult(id, { amount: Math.round(transactionAmount * 100) }));
    return id;
  }

  const aTill = (more: Partial<Caller> = {}) => aTerminal(platform, aCaller({ ...admin, ...more }));

  it('names the original to the device, and ends with a card transaction that names it too', async () => {
    const terminal = await aTill();
    const original = await bought(terminal);
    const answer = await refund(terminal, { transactionAmount: 4, originalTransactionId: original, currency: 'CAD' });
    const { id } = answer.json<{ id: string }>();
    expect([answer.statusCode, answer.headers.location]).toEqual([202, `/v2/payments/${id}`]);
    expect(answer.json()).toMatchObject({ kind: 'refund', amount: 4, originalTransactionId: original });
    expect(terminal.frames(id)).toMatchObject([
      {
        ...{ type: 'payment.request', kind: 'refund', amount: 400, tipping: null },
        original: { transactionId: original, cardToken: 'tok_1', cardNumber: '4242424242' },
      },
    ]);
    await terminal.begin(id);
    await terminal.reports(aResult(id, { amount: 400 }));
    const { cardTransaction } = (await terminal.get(`/v2/payments/${id}`)).json<{ cardTransaction: object }>();
    expect(cardTransaction).toMatchObject({
      type: 'refund',
      amount: 4,
      status: 'APPROVED',
      originalTransactionId: original,
    });
    expect((await platform.eventsOf(id)).at(-1)).toMatchObject({
      name: 'PaymentApproved',
      data: { kind: 'refund', originalTransactionId: original },
    });
  });

  it('may be made in parts on any device, up to what was charged with the tip, and no further', async () => {
    const caller = aCaller(admin);
    const [one, other] = [await aTerminal(platform, caller), await aTerminal(platform, caller)];
    const original = await bought(one, 101);
    await paidBack(other, original, 5);
    await paidBack(one, original, 6.99);
    const answer = await refund(other, { transactionAmount: 0.02, originalTransactionId: original });
    expect([answer.statusCode, answer.json()]).toEqual([409, expect.objectContaining({ code: 'refund_too_high' })]);
    const last = await refund(other, { transactionAmount: 0.01, originalTransactionId: original });
    expect(last.statusCode).toBe(202);
  });

  it('that is under way or unknown counts, and one that was declined or cancelled does not', async () => {
    const caller = aCaller(admin);
    const [one, other] = [await aTerminal(platform, caller), await aTerminal(platform, caller)];
    const original = await bought(one);
    const tries = async (): Promise<number> => {
      const answer = await refund(other, { transactionAmount: 10, originalTransactionId: original });
      if (answer.statusCode === 202) await other.cancelled(answer.json<{ id: string }>().id);
      return answer.statusCode;
    };
    const { id } = (await refund(one, { transactionAmount: 5, originalTransactionId: original })).json<{
      id: string;
    }>();
    expect(await tries()).toBe(409);
    await one.begin(id);
    expect(await tries()).toBe(409);
    await one.connects([], true);
    expect((await one.get(`/v2/payments/${id}`)).json()).toMatchObject({ status: 'unknown' });
    expect(await tries()).toBe(409);
    await one.reports(aResult(id, { amount: 500, outcome: 'declined', declineReason: 'different_card' }));
    expect(await tries()).toBe(202);
    expect(await tries()).toBe(202);
  });

  it('is told to people with the purchase: what went back, and what perhaps goes back', async () => {
    const caller = aCaller(admin);
    const [one, other] = [await aTerminal(platform, caller), await aTerminal(platform, caller)];
    const purchase = await one.purchase();
    const details = async () => (await one.get(`/console/v1/payments/${purchase}/details`)).json<object>();
    await one.begin(purchase);
    expect(await details()).toMatchObject({ givenBack: 0, givingBack: 0 });
    await one.reports(aResult(purchase));
    const original = (await one.get(`/v2/payments/${purchase}`)).json<{ transactionId: number }>().transactionId;
    await paidBack(other, original, 2.5);
    const started = await refund(one, { transactionAmount: 4.01, originalTransactionId: original });
    expect(await details()).toMatchObject({ givenBack: 2.5, givingBack: 4.01 });
    const { id } = started.json<{ id: string }>();
    await one.begin(id);
    await one.connects([], true);
    expect(await details()).toMatchObject({ givenBack: 2.5, givingBack: 4.01 });
    await one.call('POST', `/v2/payments/${id}/resolve`, { outcome: 'approved', reason: 'acquirer told so' });
    expect(await details()).toMatchObject({ givenBack: 6.51, givingBack: 0 });
    expect((await one.get(`/console/v1/payments/${id}/details`)).json()).toMatchObject({ givenBack: 0, givingBack: 0 });
  });

  it('never gives back more than was charged, however many tills ask at once', async () => {
    const caller = aCaller(admin);
    const tills = await Promise.all(Array.from({ length: 8 }, () => aTerminal(platform, caller)));
    const [first] = tills;
    if (!first) throw new Error('no till');
    const original = await bought(first);
    const answers = await Promise.all(
      tills.map((till) => refund(till, { transactionAmount: 3, originalTransactionId: original })),
    );
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([202, 202, 202, 409, 409, 409, 409, 409]);
  });

  it('of what is no approved purchase of the account is refused with one and the same answer', async () => {
    const terminal = await aTill();
    const stranger = await aTill();
    const foreign = await bought(stranger);
    const id = await terminal.purchase();
    await terminal.begin(id);
    await terminal.reports(aResult(id, { outcome: 'declined', declineReason: 'over_limit', approvalCode: null }));
    const declined = (await terminal.get(`/v2/payments/${id}`)).json<{ transactionId: number }>().transactionId;
    const back = await paidBack(terminal, await bought(terminal), 1);
    const aRefund = (await terminal.get(`/v2/payments/${back}`)).json<{ transactionId: number }>().transactionId;
    for (const originalTransactionId of [foreign, declined, aRefund, 987_654_321]) {
      const answer = await refund(terminal, { transactionAmount: 1, originalTransactionId });
      expect([answer.statusCode, answer.json()]).toEqual([
        400,
        expect.objectContaining({ code: 'invalid_field', fields: ['originalTransactionId'] }),
      ]);
    }
  });

  it.each([
    [{ originalTransactionId: 1 }, 'transactionAmount'],
    [{ transactionAmount: 1 }, 'originalTransactionId'],
    [{ transactionAmount: 1, originalTransactionId: '1000001' }, 'originalTransactionId'],
    [{ transactionAmount: 1, originalTransactionId: 1.5 }, 'originalTransactionId'],
    [{ transactionAmount: 1, originalTransactionId: -1 }, 'originalTransactionId'],
    [{ transactionAmount: 1, originalTransactionId: 1e21 }, 'originalTransactionId'],
    [{ transactionAmount: 0, originalTransactionId: 1 }, 'transactionAmount'],
    [{ transactionAmount: 1, originalTransactionId: 1, currency: 'USD' }, 'currency'],
  ])('with %j is refused for %s', async (body, field) => {
    const answer = await refund(await aTill(), body);
    expect([answer.statusCode, answer.json<{ fields: string[] }>().fields]).toEqual([400, [field]]);
  });

  it('needs the permission Admin, and so does its cancel', async () => {
    const accountId = randomUUID();
    const cashier = await aTerminal(platform, aCaller({ accountId }));
    const owner = await aTill({ accountId });
    const original = await bought(owner);
    const body = { transactionAmount: 1, originalTransactionId: original };
    expect((await refund(cashier, body)).statusCode).toBe(403);
    const { id } = (await refund(owner, body)).json<{ id: string }>();
    expect((await cashier.call('POST', `/v2/payments/${id}/cancel`)).statusCode).toBe(403);
    expect((await owner.call('POST', `/v2/payments/${id}/cancel`)).json()).toMatchObject({ status: 'cancelled' });
  });

  it('is one refund under one idempotency key, and the key of a purchase is not its own', async () => {
    const terminal = await aTill();
    const original = await bought(terminal);
    const body = { transactionAmount: 2, originalTransactionId: original };
    const [one, twin] = await Promise.all(
      [0, 1].map(() => refund(terminal, body, { 'idempotency-key': 'refund-of-table-4' })),
    );
    expect(one?.json<{ id: string }>().id).toBe(twin?.json<{ id: string }>().id);
    const other = await refund(terminal, { ...body, transactionAmount: 3 }, { 'idempotency-key': 'refund-of-table-4' });
    expect(other.json()).toMatchObject({ code: 'idempotency_key_reused' });
    const purchase = await terminal.post(
      { currency: 'CAD', transactionAmount: 2 },
      { 'idempotency-key': 'refund-of-table-4' },
    );
    expect(purchase.json()).toMatchObject({ code: 'idempotency_key_reused' });
  });
});
