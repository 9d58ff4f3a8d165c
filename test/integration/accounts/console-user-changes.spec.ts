import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Actor, AddUser, ChangeUser, operator, VerifyPin } from '#accounts';
import { connectedTo } from '../../support/database.js';
import { eventually } from '../../support/eventually.js';
import { aColleague, aConsole, type Console, consoleOf, dataOf } from './console.js';
import { type Accounts, codeOf, password, startAccounts } from './support.js';

const another = 'another horse battery';

describe('a user of the console who is changed', () => {
  let accounts: Accounts;
  beforeAll(async () => {
    accounts = await startAccounts();
  });
  afterAll(() => accounts.stop());

  const statusOf = async (call: Console) => (await call('GET', 'session')).status;
  const logsIn = async (email: string, shown: string) =>
    (await statusOf(await consoleOf(accounts, email, shown))) === 200;
  const entries = async (call: Console) =>
    dataOf(await call('GET', 'audit')).filter(({ action }) => action === 'user.changed');

  it('has the new name, role, e-mail address and PIN, and stays logged in', async () => {
    const { accountId, call } = await aConsole(accounts);
    const { userId, call: theirs } = await aColleague(accounts, accountId, 'staff');
    const email = `moved-${accountId}@example.com`;
    const answer = await call('PATCH', `users/${userId}`, { name: ' Max ', role: 'manager', email, pin: '998877' });
    expect(answer).toMatchObject({
      status: 200,
      body: { id: userId, name: 'Max', role: 'manager', email, active: true },
    });
    expect((await theirs('GET', 'session')).body).toMatchObject({ user: { name: 'Max', role: 'manager', email } });
    expect((await theirs('GET', 'users')).status).toBe(200);
    expect(await logsIn(email, password)).toBe(true);
    const byPin = await accounts.get(VerifyPin).execute({ accountId, deviceId: randomUUID(), pin: '998877' });
    expect(byPin).toMatchObject({ userId });
    expect(await entries(call)).toMatchObject([
      {
        subjectId: userId,
        actor: { name: 'Olive Owner' },
        facts: { name: 'Max', role: 'manager', changed: ['name', 'role', 'email', 'pin'] },
      },
    ]);
  });

  it('is out of the console when an administrator gives another password, and gets in with it alone', async () => {
    const { accountId, call } = await aConsole(accounts);
    const { userId, email, call: theirs } = await aColleague(accounts, accountId, 'staff');
    expect((await call('PATCH', `users/${userId}`, { password: another })).status).toBe(200);
    expect(await statusOf(theirs)).toBe(403);
    expect(await logsIn(email, password)).toBe(false);
    expect(await logsIn(email, another)).toBe(true);
    const all = JSON.stringify(dataOf(await call('GET', 'audit')));
    expect(all).toContain('"changed":["password"]');
    expect(all).not.toMatch(/horse|argon2/);
  });

  it('with a PIN alone comes into the console by e-mail and password, which go together', async () => {
    const { accountId, call } = await aConsole(accounts);
    const pinOnly = { accountId, name: 'Pia', role: 'staff', pin: '6655', by: operator } as const;
    const { userId } = await accounts.get(AddUser).execute(pinOnly);
    const email = `pia-${accountId}@example.com`;
    expect((await call('PATCH', `users/${userId}`, { email })).body).toEqual({ code: 'invalid_field' });
    expect((await call('PATCH', `users/${userId}`, { password: another })).body).toEqual({ code: 'invalid_field' });
    expect((await call('PATCH', `users/${userId}`, { email, password: another })).status).toBe(200);
    expect(await logsIn(email, another)).toBe(true);
  });

  it('stays as they are when nothing is other than before', async () => {
    const { accountId, call } = await aConsole(accounts);
    const { userId } = await aColleague(accounts, accountId, 'staff');
    const same = { name: 'The staff', role: 'staff', email: null, pin: null };
    for (const wanted of [{}, same]) expect((await call('PATCH', `users/${userId}`, wanted)).status).toBe(200);
    expect(await entries(call)).toEqual([]);
  });

  it.each([
    [{ role: 'owner' }, 'invalid_request'],
    [{ name: 7 }, 'invalid_request'],
    [{ name: '  ' }, 'invalid_field'],
    [{ active: false }, 'invalid_request'],
    [{ pin: '12' }, 'invalid_field'],
    [{ pin: '1234' }, 'pin_taken'],
    [{ password: 'short' }, 'invalid_field'],
    [{ email: 'nobody' }, 'invalid_field'],
  ])('is not changed by %j', async (wrong, code) => {
    const { accountId, call } = await aConsole(accounts);
    const { userId } = await aColleague(accounts, accountId, 'staff');
    const listed = await call('GET', 'users');
    expect((await call('PATCH', `users/${userId}`, wrong)).body).toEqual({ code });
    expect(await call('GET', 'users')).toEqual(listed);
  });

  it('is changed by administrators only, of the same account only, and not once their access is ended', async () => {
    const { accountId, userId: owner, call } = await aConsole(accounts);
    const [manager, staff] = [
      await aColleague(accounts, accountId, 'manager'),
      await aColleague(accounts, accountId, 'staff'),
    ];
    for (const { call: theirs } of [manager, staff])
      expect((await theirs('PATCH', `users/${owner}`, { name: 'Me' })).status).toBe(403);
    const { call: foreign, email: taken } = await aConsole(accounts);
    expect((await foreign('PATCH', `users/${owner}`, { name: 'Me' })).body).toEqual({ code: 'user_not_found' });
    expect((await call('PATCH', `users/${staff.userId}`, { email: taken })).body).toEqual({ code: 'email_taken' });
    await call('DELETE', `users/${staff.userId}`);
    expect((await call('PATCH', `users/${staff.userId}`, { name: 'Me' })).body).toEqual({ code: 'user_not_found' });
  });

  it('may be oneself, but for the role and the password', async () => {
    const { userId, call } = await aConsole(accounts);
    expect((await call('PATCH', `users/${userId}`, { name: 'Olive', pin: '4433' })).status).toBe(200);
    expect((await call('PATCH', `users/${userId}`, { role: 'staff' })).body).toEqual({ code: 'own_access' });
    expect((await call('PATCH', `users/${userId}`, { password: another })).body).toEqual({ code: 'invalid_field' });
    expect((await call('GET', 'session')).body).toMatchObject({ user: { name: 'Olive', role: 'administrator' } });
  });

  it('of two administrators who take each other’s role at once, one stays', async () => {
    const outcomes = [];
    for (let i = 0; i < 5; i += 1) {
      const { accountId, userId, call } = await aConsole(accounts);
      const other = await aColleague(accounts, accountId, 'administrator');
      const actor = (id: string): Actor => ({ kind: 'user', id, name: 'Boss', role: 'administrator' });
      const demote = (demoted: string, by: string) =>
        codeOf(accounts.get(ChangeUser).execute({ accountId, userId: demoted, role: 'staff', by: actor(by) }));
      outcomes.push((await Promise.all([demote(userId, other.userId), demote(other.userId, userId)])).sort());
      const roles = [call, other.call].map(async (theirs) => (await theirs('GET', 'users')).status);
      expect((await Promise.all(roles)).sort()).toEqual([200, 403]);
    }
    expect(outcomes).toEqual(outcomes.map(() => ['done', 'last_administrator']));
  });

  describe('by taking another password', () => {
    const take = (call: Console, currentPassword: string, wanted = another) =>
      call('PUT', 'password', { currentPassword, password: wanted });

    it('stays logged in here, is logged out elsewhere, and gets in with the new one alone', async () => {
      const { accountId, call: administrators } = await aConsole(accounts);
      const { userId, email, call } = await aColleague(accounts, accountId, 'staff');
      const elsewhere = await consoleOf(accounts, email);
      const answer = await take(call, password);
      expect([answer.status, answer.body]).toEqual([204, undefined]);
      expect([await statusOf(call), await statusOf(elsewhere), await statusOf(administrators)]).toEqual([
        200, 403, 200,
      ]);
      expect(await logsIn(email, password)).toBe(false);
      expect(await logsIn(email, another)).toBe(true);
      expect(await entries(administrators)).toMatchObject([
        { subjectId: userId, actor: { name: 'The staff' }, facts: { changed: ['password'] } },
      ]);
    });

    it('needs the present one, and guessing it locks as guessing at the log-in does', async () => {
      const { email, call } = await aConsole(accounts);
      for (let i = 0; i < 5; i += 1)
        expect((await take(call, 'not the right one')).body).toEqual({ code: 'invalid_field' });
      expect((await take(call, password)).body).toEqual({ code: 'locked_out' });
      expect(await logsIn(email, password)).toBe(false);
      accounts.clock.forward({ minutes: 2 });
      expect(await logsIn(email, password)).toBe(true);
    });

    it.each([
      [{ currentPassword: password, password: 'short' }, 'invalid_field'],
      [{ currentPassword: password }, 'invalid_request'],
      [{ currentPassword: '', password: another }, 'invalid_request'],
      [{ currentPassword: password, password: another, role: 'administrator' }, 'invalid_request'],
    ])('is refused with %j', async (wrong, code) => {
      const { email, call } = await aConsole(accounts);
      expect((await call('PUT', 'password', wrong)).body).toEqual({ code });
      expect(await logsIn(email, password)).toBe(true);
    });
  });

  it('gets no session for the old password, however close the log-in is', async () => {
    const { accountId, call } = await aConsole(accounts);
    const { userId, email } = await aColleague(accounts, accountId, 'staff');
    const opened: Console[] = [];
    await connectedTo(accounts.database.url, async (client) => {
      const waiting = async () => {
        await client.query('SELECT pg_stat_clear_snapshot()');
        const query = `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
        return (await client.query<{ n: number }>(query)).rows[0]?.n ?? 0;
      };
      // The user's row is held, so that the log-in has seen the old password and waits with its session.
      await client.query('BEGIN');
      await client.query('UPDATE accounts.account_user SET password_hash = $2 WHERE id = $1', [userId, 'taken away']);
      const logIn = consoleOf(accounts, email).then((session) => opened.push(session));
      await eventually('the log-in waits', async () => (await waiting()) >= 1);
      await client.query('COMMIT');
      await logIn;
    });
    expect(opened).toHaveLength(1);
    expect(await Promise.all(opened.map(statusOf))).toEqual([403]);
    expect(await statusOf(call)).toBe(200);
  });
});
