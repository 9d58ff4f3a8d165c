import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Accounts, anAccount, aToken, startAccounts } from './support.js';

describe('the card terminals of an account', () => {
  let accounts: Accounts;
  beforeAll(async () => {
    accounts = await startAccounts();
  });
  afterAll(() => accounts.stop());

  async function aMerchant() {
    const { accountId } = await anAccount(accounts);
    const { token } = await aToken(accounts, accountId);
    return async (query = '') => {
      const headers = { 'api-token': token };
      const answer = await accounts.app.inject({ method: 'GET', url: `/v2/card-terminals${query}`, headers });
      return { status: answer.statusCode, body: answer.json<unknown[]>() };
    };
  }

  it('are one, with the name and the core currency of the account, and an id of its own', async () => {
    const [one, other] = [await aMerchant(), await aMerchant()];
    const terminal = { id: expect.any(Number), nickname: 'Corner Café', currency: 'CAD', status: 'ACTIVE' };
    const { body } = await one();
    expect(body).toEqual([terminal]);
    expect(await one()).toEqual({ status: 200, body });
    expect((await other()).body).not.toEqual(body);
  });

  it.each([
    ['?currency=CAD', 1],
    ['?currency=USD', 0],
    ['?status=ACTIVE', 1],
    ['?status=INACTIVE', 0],
    ['?currency=CAD&status=ACTIVE&colour=red', 1],
    ['?currency=CAD&status=INACTIVE', 0],
  ])('asked for with %s are %d', async (query, count) => {
    const { status, body } = await (await aMerchant())(query);
    expect([status, body.length]).toEqual([200, count]);
  });

  it.each(['?currency=EUR', '?currency=', '?status=active', '?status=ACTIVE&status=ACTIVE'])(
    'are not asked for with %s',
    async (query) => {
      expect((await (await aMerchant())(query)).status).toBe(400);
    },
  );
});
