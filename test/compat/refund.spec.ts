import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { type Fields, refusal, Till } from './a-till.js';

describe('the published refund', () => {
  let till: Till;
  let code: string;
  let original: Fields;

  beforeAll(async () => {
    till = await Till.opens();
    code = await till.payingTerminal();
    original = await till.sale(code, 20, 'SALE-1');
  });

  afterAll(() => till.closes(), 60_000);

  const refund = (body: unknown, token = till.merchant.token, at = code) =>
    till.call('POST', `/v2/devices/${at}/payment/refund`, { body, token });
  const part = (transactionAmount: number, more: Fields = {}) => ({
    ...{ transactionAmount, originalTransactionId: original.transactionId },
    ...more,
  });

  it('is 202 with a Location, and needs no currency; the card transaction is of type refund', async () => {
    const { status, headers } = await till.start('refund', code, part(2, { invoiceNumber: 'BACK-0' }));
    expect([status, headers.get('location')]).toEqual([202, expect.stringMatching(/^\/v2\/payments\/[0-9a-f-]{36}$/)]);
    const body = part(5.25, { invoiceNumber: 'BACK-1', ipAddress: '10.0.0.7' });
    const back = await till.outcome('refund', code, body);
    expect(back).toMatchObject({ type: 'refund', status: 'APPROVED', amount: 5.25, currency: 'CAD' });
    expect(back.transactionId).not.toBe(original.transactionId);
  });

  it('takes the currency that older guides list, if it is the core currency: 400 for another', async () => {
    const back = await till.outcome('refund', code, part(1, { currency: 'CAD', invoiceNumber: 'BACK-2' }));
    expect(back).toMatchObject({ status: 'APPROVED', amount: 1 });
    expect(refusal(await refund(part(1, { currency: 'USD' })))).toEqual({
      status: 400,
      errors: [expect.stringContaining('currency')],
    });
  });

  it.each([
    ['no original', { transactionAmount: 1 }, 'originalTransactionId'],
    ['an original as text', { transactionAmount: 1, originalTransactionId: '1000001' }, 'originalTransactionId'],
    ['no amount', { originalTransactionId: 1_000_001 }, 'transactionAmount'],
    ['three decimals', { transactionAmount: 1.001, originalTransactionId: 1_000_001 }, 'transactionAmount'],
  ])('is 400 with a text that names the field, for %s', async (_, body, field) => {
    expect(refusal(await refund(body))).toEqual({ status: 400, errors: [expect.stringContaining(field)] });
  });

  it('is not above the original amount, nor above what is left of it', async () => {
    for (const amount of [20.01, 19.5]) {
      const { status, errors } = refusal(await refund(part(amount)));
      expect([status >= 400 && status < 500, errors]).toEqual([true, [expect.any(String)]]);
    }
  });

  it('has an original of this account: one that is unknown or of another account is refused alike', async () => {
    const unknown = refusal(await refund({ transactionAmount: 1, originalTransactionId: 4711 }));
    expect(unknown).toEqual({ status: 400, errors: [expect.stringContaining('originalTransactionId')] });
    const stranger = await till.world.merchant();
    const { code: theirs } = await till.world.listeningTerminal(stranger);
    await eventually('their terminal listens, and the refund is refused for its original', async () => {
      expect(refusal(await refund(part(1), stranger.token, theirs))).toEqual(unknown);
    });
  });

  it('needs Processing Admin: 403 with less', async () => {
    const token = await till.token({ general: 'write', settings: 'write', processing: 'positive_transaction' });
    expect(refusal(await refund(part(1), token))).toEqual({ status: 403, errors: [expect.any(String)] });
  });

  it('is 404 "Device Not Found" for an unknown code', async () => {
    const notFound = { status: 404, errors: ['Device Not Found'] };
    expect(refusal(await refund(part(1), till.merchant.token, '0000'))).toEqual(notFound);
  });
});
