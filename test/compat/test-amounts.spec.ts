import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Till } from './a-till.js';

describe('the published test amounts: the cents of the final amount decide', () => {
  let till: Till;
  let code: string;

  beforeAll(async () => {
    till = await Till.opens();
    code = await till.payingTerminal();
  });

  afterAll(() => till.closes(), 60_000);

  it.each([1, 12.01, 3.25, 7.5])('%d approves: .00 to .50', async (amount) => {
    const sale = await till.sale(code, amount, `OK-${amount}`);
    expect(sale).toMatchObject({ status: 'APPROVED', amount });
    expect(sale.approvalCode).not.toBe('');
  });

  it.each([
    [1.51, 'incorrect_pin'],
    [1.52, 'pick_up_card'],
    [1.53, 'amount_error'],
    [1.54, 'expired_card'],
    [1.55, 'do_not_honor'],
    [1.56, 'refer_to_issuer'],
    [1.57, 'service_not_allowed'],
    [1.58, 'over_limit'],
    [1.99, 'do_not_honor'],
  ])('%d is declined: .51 and up, here as %s', async (amount, declineReason) => {
    const sale = await till.sale(code, amount, `NO-${amount}`);
    expect(sale).toMatchObject({ status: 'DECLINED', amount, approvalCode: '', declineReason });
  });
});
