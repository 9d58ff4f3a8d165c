import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AddUser, CallerBySession, CallerByToken, DeactivateUser, operator, RevokeApiAccess } from '#accounts';
import { type Accounts, anAccount, aToken, codeOf, password, startAccounts } from './support.js';

describe('the doors of accounts', () => {
  let accounts: Accounts;
  beforeAll(async () => {
    accounts = await startAccounts();
  });
  afterAll(() => accounts.stop());

  const call = (
    method: 'GET' | 'PUT' | 'POST' | 'DELETE',
    url: string,
    headers: Record<string, string> = {},
    body?: object,
  ) => accounts.app.inject({ method, url, headers, ...(body && { payload: body }) });

  const logIn = (email: string, shown = password) =>
    call('POST', '/console/v1/session', {}, { email, password: shown });
  const cookieOf = async (email: string): Promise<string> => {
    const header = (await logIn(email)).headers['set-cookie'];
    return String(header).split(';')[0] ?? '';
  };
  const aUser = async (accountId: string, role: 'manager' | 'staff') => {
    const email = `${role}-${accountId}@example.com`;
    const { userId } = await accounts
      .get(AddUser)
      .execute({ accountId, name: role, role, email, password, by: operator });
    return { email, userId };
  };
  const apiMode = '/v2/settings/api-mode';

  it('answers the connection test to any token, and to none that is revoked, cut or made up', async () => {
    const { accountId } = await anAccount(accounts);
    const { token, apiAccessId } = await aToken(accounts, accountId, 'none');
    const answer = await call('GET', '/v2/connection-test', { 'api-token': token });
    expect([answer.statusCode, answer.json()]).toEqual([200, { message: 'Connection Successful' }]);
    const byToken = accounts.get(CallerByToken);
    for (const wrong of ['', token.slice(0, -1), `${token}x`, token.toUpperCase(), `${token}\0`])
      expect(await byToken.execute(wrong)).toBeUndefined();
    await accounts.get(RevokeApiAccess).execute({ accountId, apiAccessId, by: operator });
    expect(await byToken.execute(token)).toBeUndefined();
  });

  it('tells of a caller by token all that a request needs to know', async () => {
    const { accountId } = await anAccount(accounts);
    const { token, apiAccessId } = await aToken(accounts, accountId, 'write');
    expect(await accounts.get(CallerByToken).execute(token)).toEqual({
      accountId,
      accountName: 'Corner Café',
      actor: { kind: 'api_access', id: apiAccessId, name: 'Front till' },
      role: null,
      permissions: { general: 'read', settings: 'write', processing: 'positive_transaction' },
      apiMode: false,
      currency: 'CAD',
      timeZone: 'America/Edmonton',
      paymentDefaults: { deliverWithin: 10, payWithin: 120, tipping: null },
    });
  });

  it('notes the last use of a token, but not at every request', async () => {
    const { accountId } = await anAccount(accounts);
    const { token, apiAccessId } = await aToken(accounts, accountId);
    const lastUsed = async (): Promise<unknown> => {
      await accounts.get(CallerByToken).execute(token);
      const query = 'SELECT last_used_at AS at FROM accounts.api_access WHERE id = $1';
      const [row]: { at: Date }[] = await accounts.database.dataSource.query(query, [apiAccessId]);
      return row?.at;
    };
    const first = accounts.clock.now();
    expect(await lastUsed()).toEqual(first);
    accounts.clock.forward({ minutes: 9 });
    expect(await lastUsed()).toEqual(first);
    accounts.clock.forward({ minutes: 2 });
    expect(await lastUsed()).toEqual(accounts.clock.now());
  });

  it('opens a console session in a cookie that no script and no other site can use, and ends it', async () => {
    const { email, userId } = await anAccount(accounts);
    const answer = await logIn(email);
    expect(answer.statusCode).toBe(204);
    expect(answer.headers['set-cookie']).toMatch(
      /^tillgate_session=tg_con_[\w-]{43}; Path=\/; Max-Age=43200; HttpOnly; SameSite=Strict$/,
    );
    const cookie = await cookieOf(email);
    const caller = () => accounts.get(CallerBySession).execute(cookie.replace('tillgate_session=', ''));
    expect(await caller()).toMatchObject({ actor: { kind: 'user', id: userId }, role: 'administrator' });
    expect((await call('DELETE', '/console/v1/session', { cookie: `theme=dark; ${cookie}` })).statusCode).toBe(204);
    expect(await caller()).toBeUndefined();
  });

  it('ends a console session after 12 hours, and at once when its user is deactivated', async () => {
    const { accountId, email } = await anAccount(accounts);
    const bySession = accounts.get(CallerBySession);
    const valueOf = async (of: string) => (await cookieOf(of)).replace('tillgate_session=', '');
    const cookie = await valueOf(email);
    accounts.clock.forward({ minutes: 12 * 60 - 1 });
    expect(await bySession.execute(cookie)).toBeDefined();
    accounts.clock.forward({ minutes: 1 });
    expect(await bySession.execute(cookie)).toBeUndefined();
    const manager = await aUser(accountId, 'manager');
    const theirs = await valueOf(manager.email);
    expect(await bySession.execute(theirs)).toMatchObject({ role: 'manager' });
    await accounts.get(DeactivateUser).execute({ accountId, userId: manager.userId, by: operator });
    expect(await bySession.execute(theirs)).toBeUndefined();
  });

  it.each([{}, { email: 'a@example.com' }, { email: 'a@example.com', password: 7 }, { email: '', password: 'x' }])(
    'does not open a console session for %j',
    async (body) => {
      const answer = await call('POST', '/console/v1/session', {}, body);
      expect(answer.json()).toEqual({ code: 'invalid_request' });
      expect(answer.headers['set-cookie']).toBeUndefined();
    },
  );

  it('lets an administrator in the console and a token with Settings Write switch API mode, and nobody else', async () => {
    const { accountId, email } = await anAccount(accounts);
    const [manager, staff] = [await aUser(accountId, 'manager'), await aUser(accountId, 'staff')];
    const put = async (headers: Record<string, string>, enabled: boolean) =>
      (await call('PUT', apiMode, headers, { enabled })).statusCode;
    const reading = await aToken(accounts, accountId, 'read');
    const writing = await aToken(accounts, accountId, 'write');
    expect(await put({ cookie: await cookieOf(staff.email) }, true)).toBe(403);
    expect(await put({ cookie: await cookieOf(manager.email) }, true)).toBe(403);
    expect(await put({ 'api-token': reading.token }, true)).toBe(403);
    expect(await put({ 'api-token': 'tg_api_wrong' }, true)).toBe(403);
    const state = async () => (await call('GET', apiMode, { 'api-token': reading.token })).json<unknown>();
    expect(await state()).toEqual({ enabled: false, changedAt: null });
    expect(await put({ cookie: await cookieOf(email) }, true)).toBe(200);
    expect(await state()).toEqual({ enabled: true, changedAt: accounts.clock.now().toISOString() });
    expect(await put({ 'api-token': writing.token }, false)).toBe(200);
    expect(await state()).toMatchObject({ enabled: false });
  });

  it('switches API mode of the caller’s own account only', async () => {
    const [here, there] = [await anAccount(accounts), await anAccount(accounts)];
    const cookie = await cookieOf(here.email);
    expect((await call('PUT', apiMode, { cookie }, { enabled: true })).json()).toMatchObject({ enabled: true });
    const { token } = await aToken(accounts, there.accountId);
    expect((await call('GET', apiMode, { 'api-token': token })).json()).toMatchObject({ enabled: false });
  });

  it.each([{}, { enabled: 'yes' }, { enabled: 1 }, { enabled: null }, { enabled: true, accountId: 'x' }])(
    'changes nothing for the body %j',
    async (body) => {
      const { accountId } = await anAccount(accounts);
      const { token } = await aToken(accounts, accountId, 'write');
      const answer = await call('PUT', apiMode, { 'api-token': token }, body);
      expect(answer.json()).toEqual({ code: 'invalid_request' });
      expect((await call('GET', apiMode, { 'api-token': token })).json()).toMatchObject({ enabled: false });
    },
  );

  it('keeps the code of a refusal for the table that turns it into a status', async () => {
    const { accountId } = await anAccount(accounts);
    const wanted = { accountId, name: 'Sam', role: 'staff', by: operator } as const;
    const add = accounts.get(AddUser);
    const wrong = [{ pin: '123' }, { pin: '12345678901' }, { pin: '12 34' }, { email: 'sam@example.com' }, {}];
    const answers = await Promise.all(wrong.map((credential) => codeOf(add.execute({ ...wanted, ...credential }))));
    expect(answers).toEqual(wrong.map(() => 'invalid_field'));
  });
});
