import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Actor, AddUser, DeactivateUser, operator, VerifyPin } from '#accounts';
import { connectedTo } from '../../support/database.js';
import { eventually } from '../../support/eventually.js';
import { aColleague, aConsole, consoleOf, dataOf } from './console.js';
import { type Accounts, codeOf, password, startAccounts } from './support.js';

describe('the users in the console', () => {
  let accounts: Accounts;
  beforeAll(async () => {
    accounts = await startAccounts();
  });
  afterAll(() => accounts.stop());

  it('are added with what was typed, shown without a secret, and can log in at once', async () => {
    const { accountId, call } = await aConsole(accounts);
    const email = `max-${accountId}@example.com`;
    const typed = { name: ' Max ', email: email.toUpperCase(), role: 'manager', password, pin: '998877' };
    const added = await call('POST', 'users', typed);
    const createdAt = accounts.clock.now().toISOString();
    const shown = { id: expect.any(String), name: 'Max', email, role: 'manager', active: true, createdAt };
    expect([added.status, added.body]).toEqual([201, shown]);
    expect((await (await consoleOf(accounts, email))('GET', 'session')).status).toBe(200);
    const byPin = await accounts.get(VerifyPin).execute({ accountId, deviceId: randomUUID(), pin: '998877' });
    expect(byPin).toMatchObject({ userId: (added.body as { id: string }).id, role: 'manager' });
  });

  it('may have a PIN only; what a form leaves empty may be null', async () => {
    const { call } = await aConsole(accounts);
    const added = await call('POST', 'users', { name: 'Sam', role: 'staff', pin: '7788', email: null, password: null });
    expect(added).toMatchObject({ status: 201, body: { email: null } });
    const nothing = { name: 'Sam', role: 'staff', email: null, password: null, pin: null };
    expect(await call('POST', 'users', nothing)).toMatchObject({ status: 400, body: { code: 'invalid_field' } });
  });

  it('are listed, those first who may log in, and none of another account', async () => {
    const { accountId, userId, call } = await aConsole(accounts);
    await aConsole(accounts);
    const gone = await aColleague(accounts, accountId, 'manager');
    const stays = await aColleague(accounts, accountId, 'staff');
    await call('DELETE', `users/${gone.userId}`);
    const listed = await call('GET', 'users');
    expect(dataOf(listed).map(({ id, active }) => [id, active])).toEqual([
      [userId, true],
      [stays.userId, true],
      [gone.userId, false],
    ]);
    expect(listed.body).toMatchObject({ next: null });
    expect(Object.keys(dataOf(listed)[0] ?? {}).sort()).toEqual(['active', 'createdAt', 'email', 'id', 'name', 'role']);
  });

  it('are seen by managers and changed by administrators only', async () => {
    const { accountId, userId } = await aConsole(accounts);
    const manager = await aColleague(accounts, accountId, 'manager');
    const staff = await aColleague(accounts, accountId, 'staff');
    const wanted = { name: 'Me', role: 'administrator', pin: '0011' };
    expect((await manager.call('GET', 'users')).status).toBe(200);
    expect((await staff.call('GET', 'users')).status).toBe(403);
    for (const { call } of [manager, staff]) {
      expect((await call('POST', 'users', wanted)).status).toBe(403);
      expect((await call('DELETE', `users/${userId}`)).status).toBe(403);
    }
  });

  it.each([
    [{ role: 'owner' }, 'invalid_request'],
    [{ name: 7 }, 'invalid_request'],
    [{ name: '  ' }, 'invalid_field'],
    [{ active: true }, 'invalid_request'],
    [{ accountId: randomUUID() }, 'invalid_request'],
    [{ pin: '12' }, 'invalid_field'],
    [{ pin: 1234 }, 'invalid_request'],
    [{ password: 'a long enough one' }, 'invalid_field'],
    [{ email: 'sam@example.com', password: 'short' }, 'invalid_field'],
    [{ email: 'nobody', password: 'a long enough one' }, 'invalid_field'],
  ])('are not added with %j', async (wrong, code) => {
    const { call } = await aConsole(accounts);
    const answer = await call('POST', 'users', { name: 'Sam', role: 'staff', pin: '5566', ...wrong });
    expect(answer.body).toEqual({ code });
    expect(dataOf(await call('GET', 'users'))).toHaveLength(1);
  });

  it('do not share an e-mail address with anybody, nor a PIN with a colleague', async () => {
    const [{ email }, { call }] = [await aConsole(accounts), await aConsole(accounts)];
    const sam = { name: 'Sam', role: 'staff' };
    expect((await call('POST', 'users', { ...sam, email, password })).body).toEqual({ code: 'email_taken' });
    expect((await call('POST', 'users', { ...sam, pin: '1234' })).body).toEqual({ code: 'pin_taken' });
  });

  it('are out at once when their access is ended, and ending it again changes nothing', async () => {
    const { accountId, call } = await aConsole(accounts);
    const { userId, call: theirs } = await aColleague(accounts, accountId, 'manager');
    const answers = [await call('DELETE', `users/${userId}`), await call('DELETE', `users/${userId}`)];
    expect(answers.map(({ status, body }) => [status, body])).toEqual(answers.map(() => [204, undefined]));
    expect((await theirs('GET', 'session')).status).toBe(403);
    expect(accounts.events.named('UserDeactivated').filter((event) => event.accountId === accountId)).toHaveLength(1);
  });

  it.each(['x', '%00', randomUUID(), '1', '00000000-0000-0000-0000-00000000000g'])(
    'are not found by %s, nor one of another account',
    async (id) => {
      const [{ userId: foreign }, { call }] = [await aConsole(accounts), await aConsole(accounts)];
      for (const unknown of [id, foreign])
        expect((await call('DELETE', `users/${unknown}`)).body).toEqual({ code: 'user_not_found' });
    },
  );

  it('cannot end their own access', async () => {
    const { accountId, userId, call } = await aConsole(accounts);
    await aColleague(accounts, accountId, 'administrator');
    expect((await call('DELETE', `users/${userId}`)).body).toEqual({ code: 'own_access' });
  });

  /** Of the account, who can log in to the console. */
  const ableToLogIn = async (accountId: string): Promise<string[]> => {
    const query = 'SELECT id FROM accounts.account_user WHERE account_id = $1 AND password_hash IS NOT NULL';
    const rows = await accounts.database.dataSource.query<{ id: string }[]>(query, [accountId]);
    return rows.map(({ id }) => id);
  };
  const end = (accountId: string, userId: string, by: Actor = operator) =>
    codeOf(accounts.get(DeactivateUser).execute({ accountId, userId, by }));

  it('of two administrators who end each other’s access at once, one stays', async () => {
    const pairs: { accountId: string; ada: Actor; bo: Actor }[] = [];
    for (let i = 0; i < 5; i += 1) {
      const { accountId, userId } = await aConsole(accounts);
      const other = await aColleague(accounts, accountId, 'administrator');
      const actor = (id: string): Actor => ({ kind: 'user', id, name: 'Boss', role: 'administrator' });
      pairs.push({ accountId, ada: actor(userId), bo: actor(other.userId) });
    }
    const answers = await heldUp(() =>
      pairs.flatMap(({ accountId, ada, bo }) => [end(accountId, bo.id, ada), end(accountId, ada.id, bo)]),
    );
    expect(answers.filter((answer) => answer === 'last_administrator')).toHaveLength(5);
    for (const { accountId } of pairs) expect(await ableToLogIn(accountId)).toHaveLength(1);
  });

  /** Nobody's access is ended until all of them are about to: the table is locked meanwhile. */
  function heldUp(work: () => Promise<string>[]): Promise<string[]> {
    return connectedTo(accounts.database.url, async (client) => {
      await client.query('BEGIN; LOCK accounts.account_user IN EXCLUSIVE MODE');
      const started = work();
      await eventually('they wait for each other', async () => {
        // What a transaction sees of others is otherwise what it saw first.
        await client.query('SELECT pg_stat_clear_snapshot()');
        const query = `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
        return ((await client.query<{ n: number }>(query)).rows[0]?.n ?? 0) >= started.length;
      });
      await client.query('COMMIT');
      return Promise.all(started);
    });
  }

  it('keep an administrator who can log in to the console: one with a PIN alone does not count', async () => {
    const { accountId, userId } = await aConsole(accounts);
    const pinOnly = { accountId, name: 'Pia', role: 'administrator', pin: '6655', by: operator } as const;
    const pia = await accounts.get(AddUser).execute(pinOnly);
    expect(await end(accountId, userId)).toBe('last_administrator');
    expect(await end(accountId, pia.userId)).toBe('done');
    expect(await ableToLogIn(accountId)).toEqual([userId]);
  });
});
