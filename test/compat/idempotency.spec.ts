import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import type { Answer } from '../support/world.js';
import { type Fields, refusal, Till } from './a-till.js';

const order = { currency: 'CAD', transactionAmount: 10 };

describe('the published idempotency-key', () => {
  let till: Till;
  let code: string;

  beforeAll(async () => {
    till = await Till.opens();
    code = await till.payingTerminal();
  });

  afterAll(() => till.closes(), 60_000);

  const send = (key: string, body: Fields = order, at = code): Promise<Answer> =>
    till.call('POST', `/v2/devices/${at}/payment/purchase`, { body, headers: { 'idempotency-key': key } });
  /** Asks again until the terminal is free. */
  const accepted = (key: string, body?: Fields): Promise<Answer> =>
    eventually('the payment is taken', async () => {
      const answer = await send(key, body);
      return answer.status === 409 ? false : answer;
    });
  const locationOf = ({ headers }: Answer) => headers.get('location');

  it('is optional: the newer guide and the definition do not have it', async () => {
    expect((await till.start('purchase', code, order)).status).toBe(202);
  });

  it.each([
    ['25 characters, the older rule', 'A'.repeat(12) + '0'.repeat(13)],
    ['36 characters, a UUID, the newer rule', randomUUID()],
    ['dashes and underscores', 'order-2026_07-0001-abcdefgh'],
  ])('may have %s', async (_, key) => {
    expect((await accepted(key)).status).toBe(202);
  });

  it('with the same payload gives the first answer again, and pays once', async () => {
    const key = randomUUID();
    const body = { ...order, invoiceNumber: `ONCE-${key.slice(0, 8)}` };
    const first = await accepted(key, body);
    const again = await send(key, body);
    expect([again.status, locationOf(again)]).toEqual([202, locationOf(first)]);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    const paid = await eventually('the card transaction is there', async () => {
      const found = await till.list(`/v2/card-transactions?invoiceNumber=${body.invoiceNumber}`);
      return found.length > 0 ? found : false;
    });
    expect(paid).toHaveLength(1);
    expect(locationOf(await send(key, body))).toBe(locationOf(first));
  });

  it('with another payload is 409 with errors', async () => {
    const key = randomUUID();
    expect((await accepted(key)).status).toBe(202);
    for (const other of [
      { ...order, transactionAmount: 11 },
      { ...order, invoiceNumber: 'OTHER' },
    ])
      expect(refusal(await send(key, other))).toEqual({ status: 409, errors: [expect.any(String)] });
  });

  it('that is another one makes another payment, of the same payload too', async () => {
    const first = await accepted(randomUUID());
    const second = await accepted(randomUUID());
    expect(locationOf(second)).not.toBe(locationOf(first));
  });

  it('stays free when the payment was refused', async () => {
    const key = randomUUID();
    expect((await send(key, { ...order, currency: 'USD' })).status).toBe(400);
    expect((await send(key, order, '0000')).status).toBe(404);
    expect((await accepted(key)).status).toBe(202);
  });

  it.each(['short', 'x'.repeat(129), 'has a space in it', ''])(
    'of another form is 400, never ignored: "%s"',
    async (key) => {
      expect(refusal(await send(key))).toEqual({ status: 400, errors: [expect.stringContaining('idempotency-key')] });
    },
  );

  it('is of the account: another merchant may use the same', async () => {
    const key = randomUUID();
    const first = await accepted(key);
    const other = await till.world.merchant();
    const { code: theirs } = await till.world.listeningTerminal(other);
    const { headers, status } = await till.world.purchase(other.token, theirs, 10, { 'idempotency-key': key });
    expect([status, headers.get('idempotency-replayed')]).toEqual([202, null]);
    expect(headers.get('location')).not.toBe(locationOf(first));
  });

  it('protects a refund in the same way', async () => {
    const { transactionId } = await till.sale(code, 10, 'KEY-SALE');
    const body = { transactionAmount: 1, originalTransactionId: transactionId };
    const headers = { 'idempotency-key': randomUUID() };
    const path = `/v2/devices/${code}/payment/refund`;
    const first = await eventually('the refund is taken', async () => {
      const answer = await till.call('POST', path, { body, headers });
      return answer.status === 409 ? false : answer;
    });
    const again = await till.call('POST', path, { body, headers });
    expect([again.status, locationOf(again)]).toEqual([202, locationOf(first)]);
    const other = await till.call('POST', path, { body: { ...body, transactionAmount: 2 }, headers });
    expect(refusal(other)).toEqual({ status: 409, errors: [expect.any(String)] });
  });
});
