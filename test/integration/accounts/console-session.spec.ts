import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SetApiMode, operator } from '#accounts';
import { aColleague, aConsole, consoleOf } from './console.js';
import { type Accounts, aToken, startAccounts } from './support.js';

describe('the session of the console', () => {
  let accounts: Accounts;
  beforeAll(async () => {
    accounts = await startAccounts();
  });
  afterAll(() => accounts.stop());

  it('tells who is logged in, where, and what they may do', async () => {
    const { accountId, userId, email, call } = await aConsole(accounts);
    const answer = await call('GET', 'session');
    const account = { name: 'Corner Café', country: 'CA', currency: 'CAD', timeZone: 'America/Edmonton' };
    expect([answer.status, answer.body]).toEqual([
      200,
      {
        user: { id: userId, name: 'Olive Owner', email, role: 'administrator' },
        account: { id: accountId, ...account, locale: 'en-CA' },
        permissions: { general: 'write', settings: 'write', processing: 'admin' },
        apiMode: false,
      },
    ]);
  });

  it.each([
    ['manager', { general: 'write', settings: 'read', processing: 'admin' }],
    ['staff', { general: 'read', settings: 'none', processing: 'positive_transaction' }],
  ] as const)('tells a %s what this role may do', async (role, permissions) => {
    const { accountId } = await aConsole(accounts);
    const { call, userId } = await aColleague(accounts, accountId, role);
    expect((await call('GET', 'session')).body).toMatchObject({ user: { id: userId, role }, permissions });
  });

  it('tells of API mode as it is now, not as it was at the log-in', async () => {
    const { accountId, call } = await aConsole(accounts);
    await accounts.get(SetApiMode).execute({ accountId, enabled: true, by: operator });
    expect((await call('GET', 'session')).body).toMatchObject({ apiMode: true });
  });

  it('is none of a point of sale: an API token neither reads nor ends it', async () => {
    const { accountId, call } = await aConsole(accounts);
    const headers = { 'api-token': (await aToken(accounts, accountId, 'write')).token };
    const read = await accounts.app.inject({ method: 'GET', url: '/console/v1/session', headers });
    const end = await accounts.app.inject({ method: 'DELETE', url: '/console/v1/sessions', headers });
    expect([read.statusCode, end.statusCode]).toEqual([403, 403]);
    expect((await call('GET', 'session')).status).toBe(200);
  });

  it('ends everywhere, here too, for this user and nobody else', async () => {
    const { accountId, email, call: here } = await aConsole(accounts);
    const elsewhere = await consoleOf(accounts, email);
    const colleague = await aColleague(accounts, accountId, 'manager');
    const ended = await here('DELETE', 'sessions');
    expect([ended.status, ended.body]).toEqual([204, undefined]);
    expect(ended.setCookie).toMatch(/^tillgate_session=; Path=\/; Max-Age=0; HttpOnly; SameSite=Strict$/);
    expect([(await here('GET', 'session')).status, (await elsewhere('GET', 'session')).status]).toEqual([403, 403]);
    expect((await colleague.call('GET', 'session')).status).toBe(200);
    const again = await consoleOf(accounts, email);
    expect((await again('GET', 'session')).status).toBe(200);
  });
});
