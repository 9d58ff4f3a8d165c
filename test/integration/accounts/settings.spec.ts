import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CallerByToken } from '#accounts';
import { type Accounts, anAccount, aToken, startAccounts } from './support.js';

const url = '/v2/settings';
const atFirst = { timeZone: 'America/Edmonton', deliverWithin: 10, payWithin: 120, tipping: null, retentionDays: 90 };

describe('the settings of an account', () => {
  let accounts: Accounts;
  beforeAll(async () => {
    accounts = await startAccounts();
  });
  afterAll(() => accounts.stop());

  async function aMerchant(settings: 'none' | 'read' | 'write' = 'write') {
    const { accountId } = await anAccount(accounts);
    const { token } = await aToken(accounts, accountId, settings);
    const headers = { 'api-token': token };
    return {
      accountId,
      caller: () => accounts.get(CallerByToken).execute(token),
      read: () => accounts.app.inject({ method: 'GET', url, headers }),
      change: (payload: object) => accounts.app.inject({ method: 'PATCH', url, headers, payload }),
    };
  }

  it('have sensible values at first, change one by one, and count for the next request', async () => {
    const merchant = await aMerchant();
    expect((await merchant.read()).json()).toEqual(atFirst);
    const first = await merchant.change({ tipping: { percentages: [15, 18] }, deliverWithin: 20 });
    expect([first.statusCode, first.json()]).toEqual([
      200,
      { ...atFirst, tipping: { percentages: [15, 18] }, deliverWithin: 20 },
    ]);
    await merchant.change({ timeZone: 'America/Toronto', payWithin: 60, retentionDays: 30 });
    expect(await merchant.caller()).toMatchObject({
      timeZone: 'America/Toronto',
      paymentDefaults: { deliverWithin: 20, payWithin: 60, tipping: { percentages: [15, 18] } },
    });
    expect((await merchant.change({ tipping: null })).json()).toMatchObject({ tipping: null, payWithin: 60 });
  });

  it('tell of each change, in the audit log too, and of no change nothing', async () => {
    const merchant = await aMerchant();
    await merchant.change({ retentionDays: 30 });
    await merchant.change({ retentionDays: 30 });
    await merchant.change({});
    const told = accounts.events.committed.filter(
      ({ name, accountId }) => name === 'AccountSettingsChanged' && accountId === merchant.accountId,
    );
    expect(told.map(({ data }) => data)).toEqual([{ accountId: merchant.accountId, ...atFirst, retentionDays: 30 }]);
    const audit: unknown[] = await accounts.database.dataSource.query(
      `SELECT actor_name, facts FROM accounts.audit_entry WHERE account_id = $1 AND action = 'settings.changed'`,
      [merchant.accountId],
    );
    expect(audit).toEqual([{ actor_name: 'Front till', facts: { retentionDays: 30 } }]);
  });

  it.each([
    { timeZone: 'Mars/Olympus' },
    { timeZone: 7 },
    { deliverWithin: 1 },
    { deliverWithin: 61 },
    { deliverWithin: 2.5 },
    { payWithin: 14 },
    { payWithin: 301 },
    { payWithin: '60' },
    { retentionDays: 6 },
    { retentionDays: 731 },
    { tipping: {} },
    { tipping: false },
    { tipping: { percentages: [] } },
    { tipping: { percentages: [101] } },
    { tipping: { percentages: [1.5] } },
    { tipping: { percentages: [1, 2, 3, 4, 5, 6] } },
    { colour: 'red' },
  ])('are not changed to %j', async (change) => {
    const merchant = await aMerchant();
    expect((await merchant.change(change)).statusCode).toBe(400);
    expect((await merchant.read()).json()).toEqual(atFirst);
  });

  it('are read with Settings Read and changed with Settings Write', async () => {
    const reader = await aMerchant('read');
    expect([(await reader.read()).statusCode, (await reader.change({ payWithin: 60 })).statusCode]).toEqual([200, 403]);
    expect((await (await aMerchant('none')).read()).statusCode).toBe(403);
  });

  it('of two changes at once keep both', async () => {
    const merchant = await aMerchant();
    await Promise.all([merchant.change({ payWithin: 60 }), merchant.change({ deliverWithin: 5 })]);
    expect((await merchant.read()).json()).toEqual({ ...atFirst, payWithin: 60, deliverWithin: 5 });
  });
});
