import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type Actor,
  AddUser,
  CallerByToken,
  CreateApiAccess,
  DeactivateUser,
  OpenAccount,
  operator,
  RevokeApiAccess,
  SetApiMode,
  VerifyPassword,
  VerifyPin,
} from '#accounts';
import { connectedTo } from '../../support/database.js';
import { type Accounts, anAccount, aStaffMember, aToken, codeOf, password, startAccounts } from './support.js';

const manager: Actor = { kind: 'user', id: randomUUID(), name: 'Max', role: 'manager' };
const till: Actor = { kind: 'api_access', id: randomUUID(), name: 'Front till', role: null };

describe('the administration of an account', () => {
  let accounts: Accounts;
  beforeAll(async () => {
    accounts = await startAccounts();
  });
  afterAll(() => accounts.stop());

  const audited = (accountId: string): Promise<unknown[]> =>
    accounts.database.dataSource.query(
      `SELECT action, actor_kind AS kind, facts FROM accounts.audit_entry WHERE account_id = $1 ORDER BY id`,
      [accountId],
    );

  it('opens an account with its first administrator and tells it', async () => {
    const { accountId, email } = await anAccount(accounts);
    const data = { accountId, name: 'Corner Café', country: 'CA', currency: 'CAD', timeZone: 'America/Edmonton' };
    expect(accounts.events.named('AccountOpened').at(-1)).toMatchObject({ aggregateId: accountId, sequence: 1, data });
    const shown = { email, password, deviceId: null, accountId };
    expect(await accounts.get(VerifyPassword).execute(shown)).toMatchObject({ role: 'administrator' });
  });

  it('keeps nothing of an account whose administrator cannot be added', async () => {
    const { email } = await anAccount(accounts);
    const before = accounts.events.committed.length;
    const administrator = { name: 'Second', email, password };
    const wanted = { name: 'Twice', country: 'US', administrator } as const;
    expect(await codeOf(accounts.get(OpenAccount).execute(wanted))).toBe('email_taken');
    expect(await accounts.database.dataSource.query(`SELECT 1 FROM accounts.account WHERE name = 'Twice'`)).toEqual([]);
    expect(accounts.events.committed).toHaveLength(before);
  });

  it('gives a PIN once in an account, whatever runs at the same time, and again in another account', async () => {
    const { accountId } = await anAccount(accounts);
    const other = await anAccount(accounts);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => codeOf(aStaffMember(accounts, accountId, '424242'))),
    );
    expect(answers.filter((answer) => answer === 'done')).toHaveLength(1);
    expect(answers.filter((answer) => answer === 'pin_taken')).toHaveLength(9);
    expect(await codeOf(aStaffMember(accounts, other.accountId, '424242'))).toBe('done');
  });

  it('ends the access of a deactivated user for good, and frees the PIN', async () => {
    const { accountId } = await anAccount(accounts);
    const { userId } = await aStaffMember(accounts, accountId, '5656');
    await accounts.get(DeactivateUser).execute({ accountId, userId, by: operator });
    const shown = { accountId, deviceId: randomUUID(), pin: '5656' };
    expect(await codeOf(accounts.get(VerifyPin).execute(shown))).toBe('invalid_credentials');
    expect(accounts.events.named('UserDeactivated').at(-1)).toMatchObject({ accountId, data: { accountId, userId } });
    expect(await codeOf(aStaffMember(accounts, accountId, '5656'))).toBe('done');
  });

  it('lets only administrators of the account make and revoke API accesses and add users', async () => {
    const { accountId } = await anAccount(accounts);
    const { apiAccessId } = await aToken(accounts, accountId);
    const permissions = { general: 'write', settings: 'write', processing: 'admin' } as const;
    for (const by of [manager, till]) {
      const answers = [
        accounts.get(CreateApiAccess).execute({ accountId, name: 'Mine', permissions, by }),
        accounts.get(RevokeApiAccess).execute({ accountId, apiAccessId, by }),
        accounts.get(AddUser).execute({ accountId, name: 'Me', role: 'administrator', pin: '9999', by }),
      ];
      expect(await Promise.all(answers.map(codeOf))).toEqual(['forbidden', 'forbidden', 'forbidden']);
    }
  });

  it('does not find users and API accesses of another account', async () => {
    const [here, there] = [await anAccount(accounts), await anAccount(accounts)];
    const { token, apiAccessId } = await aToken(accounts, there.accountId);
    const by = operator;
    const revoke = accounts.get(RevokeApiAccess).execute({ accountId: here.accountId, apiAccessId, by });
    expect(await codeOf(revoke)).toBe('api_access_not_found');
    const deactivate = accounts.get(DeactivateUser).execute({ accountId: here.accountId, userId: there.userId, by });
    expect(await codeOf(deactivate)).toBe('user_not_found');
    expect(await accounts.get(CallerByToken).execute(token)).toMatchObject({ accountId: there.accountId });
  });

  it('tells a change of API mode once, with who and when, however many ask for it at once', async () => {
    const { accountId } = await anAccount(accounts);
    const switched = await Promise.all(
      Array.from({ length: 8 }, () => accounts.get(SetApiMode).execute({ accountId, enabled: true, by: till })),
    );
    const changedAt = accounts.clock.now();
    expect(switched).toEqual(switched.map(() => expect.objectContaining({ enabled: true, changedAt })));
    const told = accounts.events.named('ApiModeChanged').filter((event) => event.accountId === accountId);
    const data = { accountId, enabled: true, changedAt: changedAt.toISOString(), changedBy: till.id };
    expect(told).toEqual([expect.objectContaining({ sequence: 2, data })]);
  });

  it('writes every change into the audit log, and no secret', async () => {
    const { accountId } = await anAccount(accounts);
    const { userId } = await aStaffMember(accounts, accountId, '8080');
    const { token, apiAccessId } = await aToken(accounts, accountId, 'write');
    const by = operator;
    await accounts.get(SetApiMode).execute({ accountId, enabled: true, by: till });
    await accounts.get(SetApiMode).execute({ accountId, enabled: true, by: till });
    await accounts.get(RevokeApiAccess).execute({ accountId, apiAccessId, by });
    await accounts.get(DeactivateUser).execute({ accountId, userId, by });
    const rows = await audited(accountId);
    const permissions = { general: 'read', settings: 'write', processing: 'positive_transaction' };
    expect(rows).toEqual([
      { action: 'account.opened', kind: 'system', facts: { country: 'CA', currency: 'CAD' } },
      { action: 'user.added', kind: 'system', facts: { name: 'Olive Owner', role: 'administrator' } },
      { action: 'user.added', kind: 'system', facts: { name: 'Sam Staff', role: 'staff' } },
      { action: 'api_access.created', kind: 'system', facts: { name: 'Front till', ...permissions } },
      { action: 'api_mode.changed', kind: 'api_access', facts: { enabled: true } },
      { action: 'api_access.revoked', kind: 'system', facts: { name: 'Front till' } },
      { action: 'user.deactivated', kind: 'system', facts: { name: 'Sam Staff' } },
    ]);
    for (const secret of [password, '8080', '1234', token]) expect(JSON.stringify(rows)).not.toContain(secret);
  });

  it.each([
    `UPDATE accounts.audit_entry SET actor_name = 'somebody else'`,
    'DELETE FROM accounts.audit_entry',
    'TRUNCATE accounts.audit_entry',
  ])('refuses to change the audit log, even to who owns it: %s', async (statement) => {
    await anAccount(accounts);
    const change = connectedTo(accounts.database.url, (client) => client.query(statement));
    await expect(change).rejects.toThrow('append-only');
  });

  it('stores no password, PIN or token that could be read', async () => {
    const { accountId } = await anAccount(accounts);
    await aStaffMember(accounts, accountId, '30303030');
    const { token } = await aToken(accounts, accountId);
    const tables = ['account', 'account_user', 'api_access', 'console_session', 'failure_counter', 'audit_entry'];
    const dumps = await Promise.all(
      tables.map((table) => accounts.database.dataSource.query(`SELECT t::text FROM accounts.${table} t`)),
    );
    for (const secret of [password, '30303030', token]) expect(JSON.stringify(dumps)).not.toContain(secret);
  });
});
