import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { VerifyPin } from '#accounts';
import { SweepExpired } from '../../../libs/accounts/src/application/sweep-expired.js';
import { type Accounts, anAccount, codeOf, password, startAccounts } from './support.js';

let accounts: Accounts;
beforeAll(async () => {
  accounts = await startAccounts();
});
afterAll(() => accounts.stop());

it('removes console sessions that are over and failures that no longer count, and nothing else', async () => {
  const { email } = await anAccount(accounts);
  const logInAndFail = async (): Promise<void> => {
    await accounts.app.inject({ method: 'POST', url: '/console/v1/session', payload: { email, password } });
    await codeOf(accounts.get(VerifyPin).execute({ accountId: randomUUID(), deviceId: randomUUID(), pin: '0000' }));
  };
  await logInAndFail();
  accounts.clock.forward({ minutes: 24 * 60 + 1 });
  await logInAndFail();
  await accounts.app.get(SweepExpired).execute();
  const [left]: unknown[] = await accounts.database.dataSource.query(
    `SELECT (SELECT count(*) FROM accounts.console_session) AS sessions,
            (SELECT count(*) FROM accounts.failure_counter WHERE key LIKE '%-pin:%') AS counters`,
  );
  expect(left).toEqual({ sessions: 1, counters: 2 });
});
