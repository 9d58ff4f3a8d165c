import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aCaller, gatewayIsAlive, type Platform, startPlatform, tokenOf } from './support.js';
import { aTerminal } from './terminal.js';

const order = { currency: 'CAD', transactionAmount: 10.99 };

describe('a purchase with an idempotency key', () => {
  let platform: Platform;
  beforeAll(async () => {
    platform = await startPlatform();
  });
  afterAll(() => platform.stop());

  const countOf = async (table: 'payment' | 'idempotency_key', accountId: string): Promise<number> => {
    const sql = `SELECT count(*)::int AS count FROM payment_routing.${table} WHERE account_id = $1`;
    return (await platform.query<{ count: number }>(sql, [accountId]))[0]?.count ?? 0;
  };
  const key = (): Record<string, string> => ({ 'idempotency-key': randomUUID() });

  it('is one payment for 20 twins at once', async () => {
    for (let round = 0; round < 10; round += 1) {
      const [terminal, headers] = [await aTerminal(platform, aCaller()), key()];
      const answers = await Promise.all(Array.from({ length: 20 }, () => terminal.post(order, headers)));
      expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([202]));
      expect(new Set(answers.map(({ headers: sent }) => sent.location)).size).toBe(1);
      expect(answers.filter(({ headers: sent }) => sent['idempotency-replayed'] === 'true')).toHaveLength(19);
      expect(await countOf('payment', terminal.caller.accountId)).toBe(1);
    }
  });

  it('gives the payment as it is now, also when the device would not take a new one', async () => {
    const [terminal, headers] = [await aTerminal(platform, aCaller()), key()];
    const first = await terminal.post({ ...order, metadata: { a: '1', b: '2' } }, headers);
    const { id } = first.json<{ id: string }>();
    await terminal.cancelled(id);
    await terminal.becomes({ listening: false, reason: 'locked' });
    const again = await terminal.post({ metadata: { b: '2', a: '1' }, ...order }, headers);
    expect([again.statusCode, again.headers.location]).toEqual([202, first.headers.location]);
    expect(again.json()).toMatchObject({ id, status: 'cancelled' });
  });

  it('is refused for another payload, whatever differs', async () => {
    const [terminal, headers] = [await aTerminal(platform, aCaller()), key()];
    const other = await aTerminal(platform, terminal.caller);
    await terminal.post(order, headers);
    const bodies = [{ transactionAmount: 11 }, { invoiceNumber: 'X' }, { payWithin: 60 }, { metadata: { a: '' } }];
    const answers = await Promise.all(bodies.map((body) => terminal.post({ ...order, ...body }, headers)));
    for (const answer of [...answers, await other.post(order, headers)]) {
      expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([409, 'idempotency_key_reused']);
    }
    expect(await countOf('payment', terminal.caller.accountId)).toBe(1);
  });

  it('is obeyed also after the account has changed what is taken for fields that were left out', async () => {
    const [terminal, headers] = [await aTerminal(platform, aCaller()), key()];
    const first = await terminal.post(order, headers);
    const paymentDefaults = { deliverWithin: 20, payWithin: 60, tipping: { percentages: [15] } };
    const later = tokenOf({ ...terminal.caller, paymentDefaults });
    const again = await terminal.post(order, { ...headers, 'api-token': later });
    expect([again.statusCode, again.headers.location]).toEqual([202, first.headers.location]);
    const other = await terminal.post({ ...order, tipping: false }, headers);
    expect(other.json()).toMatchObject({ code: 'idempotency_key_reused' });
  });

  it('belongs to the account', async () => {
    const headers = key();
    const [here, there] = [await aTerminal(platform, aCaller()), await aTerminal(platform, aCaller())];
    const answers = [await here.post(order, headers), await there.post(order, headers)];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([202, 202]);
    expect(answers[0]?.headers.location).not.toBe(answers[1]?.headers.location);
  });

  it('is left free by a refusal', async () => {
    const [terminal, headers] = [await aTerminal(platform, aCaller()), key()];
    await terminal.becomes({ listening: false, reason: 'offline' });
    expect((await terminal.post(order, headers)).statusCode).toBe(409);
    expect(await countOf('idempotency_key', terminal.caller.accountId)).toBe(0);
    await terminal.becomes({});
    const answer = await terminal.post(order, headers);
    expect([answer.statusCode, answer.headers['idempotency-replayed']]).toEqual([202, undefined]);
  });

  it.each(['', 'short', 'x'.repeat(129), 'with space', 'käse-käse', 'a,b,c,d,e,f'])(
    'of another form is refused: %j',
    async (bad) => {
      const terminal = await aTerminal(platform, aCaller());
      const answer = await terminal.post(order, { 'idempotency-key': bad });
      expect([answer.statusCode, answer.json<{ fields: string[] }>().fields]).toEqual([400, ['idempotency-key']]);
      expect(await countOf('payment', terminal.caller.accountId)).toBe(0);
    },
  );

  it('counts for 72 hours', async () => {
    const [terminal, headers] = [await aTerminal(platform, aCaller()), key()];
    const first = await terminal.post(order, headers);
    await terminal.cancelled(first.json<{ id: string }>().id);
    platform.clock.forward({ seconds: 72 * 3600 });
    await gatewayIsAlive(platform);
    expect((await terminal.post(order, headers)).headers['idempotency-replayed']).toBe('true');
    platform.clock.forward({ seconds: 1 });
    const later = await terminal.post(order, headers);
    expect([later.statusCode, later.headers['idempotency-replayed']]).toEqual([202, undefined]);
    expect(later.headers.location).not.toBe(first.headers.location);
  });
});
