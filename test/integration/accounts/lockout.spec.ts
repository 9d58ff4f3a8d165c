import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pLimit from 'p-limit';
import { AddUser, operator, ResetPassword, VerifyPassword, VerifyPin } from '#accounts';
import { FailureLimits } from '../../../libs/accounts/src/application/failure-limits.js';
import { type Accounts, anAccount, codeOf, password, startAccounts } from './support.js';

const counted = (codes: readonly string[]): Record<string, number> =>
  Object.fromEntries([...new Set(codes)].map((code) => [code, codes.filter((other) => other === code).length]));

describe('failed log-ins', () => {
  let accounts: Accounts;
  beforeAll(async () => {
    accounts = await startAccounts();
  });
  afterAll(() => accounts.stop());

  const pin = (accountId: string, deviceId: string, shown: string): Promise<string> =>
    codeOf(accounts.get(VerifyPin).execute({ accountId, deviceId, pin: shown }));
  const byPassword = (email: string, shown: string, deviceId: string | null = null): Promise<string> =>
    codeOf(accounts.get(VerifyPassword).execute({ email, password: shown, deviceId, accountId: null }));
  const burst = async (times: number, attempt: (n: number) => Promise<string>) =>
    counted(await Promise.all(Array.from({ length: times }, (_, n) => attempt(n))));
  /** As many at once as there are connections: more would wait for one of those, and give that up on a slow machine. */
  const pinBurst = (times: number, attempt: (n: number) => Promise<string>) => {
    const limit = pLimit(10);
    return burst(times, (n) => limit(() => attempt(n)));
  };

  it('checks 5 of 200 PINs that are guessed at once on one device, and not the right one after them', async () => {
    const { accountId } = await anAccount(accounts);
    const deviceId = randomUUID();
    const guesses = await pinBurst(200, (n) => pin(accountId, deviceId, String(5000 + n)));
    expect(guesses).toEqual({ invalid_credentials: 5, locked_out: 195 });
    expect(await pin(accountId, deviceId, '1234')).toBe('locked_out');
    expect(await pin(accountId, randomUUID(), '1234')).toBe('done');
  });

  it('checks 50 of 200 PINs that are guessed at once on many devices of an account', async () => {
    const { accountId } = await anAccount(accounts);
    const other = await anAccount(accounts);
    const guesses = await pinBurst(200, (n) => pin(accountId, randomUUID(), String(5000 + n)));
    expect(guesses).toEqual({ invalid_credentials: 50, locked_out: 150 });
    expect(await pin(other.accountId, randomUUID(), '1234')).toBe('done');
  });

  it('checks 5 of 200 passwords that are guessed at once, and turns away what finds no room without counting it', async () => {
    const { email } = await anAccount(accounts);
    const guesses = await burst(200, (n) => byPassword(email, `wrong password ${n}`));
    expect(guesses).toEqual({ invalid_credentials: 5, locked_out: 49, unavailable: 146 });
    expect(await byPassword(email, password)).toBe('locked_out');
    accounts.clock.forward({ minutes: 2 });
    expect(await byPassword(email, password)).toBe('done');
  });

  it('of a forgotten password do not keep the new one of the operator waiting', async () => {
    const { email } = await anAccount(accounts);
    for (let n = 0; n < 5; n += 1) await byPassword(email, 'not the password');
    expect(await byPassword(email, password)).toBe('locked_out');
    await accounts.get(ResetPassword).execute({ email, password: 'another horse battery' });
    expect(await byPassword(email, 'another horse battery')).toBe('done');
  });

  it('answers and locks an e-mail that nobody has exactly as one that somebody has', async () => {
    const { email } = await anAccount(accounts);
    const answers = async (shown: string): Promise<string[]> => {
      const codes: string[] = [];
      for (let n = 0; n < 7; n += 1) codes.push(await byPassword(shown, 'not the password'));
      return codes;
    };
    expect(await answers('nobody@example.com')).toEqual(await answers(email));
  });

  it('counts an e-mail however it is written', async () => {
    const { email } = await anAccount(accounts);
    for (let n = 0; n < 5; n += 1) await byPassword(n % 2 ? email.toUpperCase() : ` ${email} `, 'not the password');
    expect(await byPassword(email, password)).toBe('locked_out');
  });

  it('counts the passwords of many e-mails that are guessed on one device', async () => {
    const { email } = await anAccount(accounts);
    const deviceId = randomUUID();
    for (let n = 0; n < 5; n += 1) await byPassword(`guess${n}@example.com`, 'not the password', deviceId);
    expect(await byPassword(email, password, deviceId)).toBe('locked_out');
    expect(await byPassword(email, password)).toBe('done');
  });

  it('locks for 1, 2, 4 … 60 minutes, and says for how long', async () => {
    const { accountId } = await anAccount(accounts);
    const deviceId = randomUUID();
    const refusal = () => accounts.get(VerifyPin).execute({ accountId, deviceId, pin: '0000' });
    for (let n = 0; n < 4; n += 1) await pin(accountId, deviceId, '0000');
    for (const minutes of [1, 2, 4, 8, 16, 32, 60, 60]) {
      expect(await pin(accountId, deviceId, '0000')).toBe('invalid_credentials');
      await expect(refusal()).rejects.toMatchObject({ facts: { retryAfterSeconds: minutes * 60 } });
      accounts.clock.forward({ minutes });
    }
    expect(await pin(accountId, deviceId, '1234')).toBe('done');
  });

  it('counts before it checks: an attempt whose check broke off counts too', async () => {
    const inARow = new Map([[`device-pin:${randomUUID()}`, 5]]);
    let checks = 0;
    const attempt = () =>
      accounts.app.get(FailureLimits).guard({ inARow }, () => {
        checks += 1;
        return Promise.reject(new Error('the process was stopped'));
      });
    for (let n = 0; n < 7; n += 1) await codeOf(attempt());
    expect(checks).toBe(5);
    expect(await codeOf(attempt())).toBe('locked_out');
  });

  it('starts to count anew after a success', async () => {
    const { accountId } = await anAccount(accounts);
    const deviceId = randomUUID();
    for (let round = 0; round < 3; round += 1) {
      for (let n = 0; n < 4; n += 1) await pin(accountId, deviceId, '0000');
      expect(await pin(accountId, deviceId, '1234')).toBe('done');
    }
  });

  it('checks 20 wrong PINs a day on one device, however often the right one is typed in between', async () => {
    const { accountId } = await anAccount(accounts);
    const deviceId = randomUUID();
    const attempts: string[] = [];
    for (let n = 0; n < 30; n += 1)
      attempts.push(await pin(accountId, deviceId, String(5000 + n)), await pin(accountId, deviceId, '1234'));
    expect(counted(attempts)).toEqual({ invalid_credentials: 20, done: 19, locked_out: 21 });
    accounts.clock.forward({ minutes: 1 });
    expect(await pin(accountId, deviceId, '1234')).toBe('done');
    expect(await pin(accountId, deviceId, '5100')).toBe('invalid_credentials');
    expect(await pin(accountId, deviceId, '1234')).toBe('locked_out');
    expect(await pin(accountId, randomUUID(), '1234')).toBe('done');
    accounts.clock.forward({ minutes: 24 * 60 });
    expect(await pin(accountId, deviceId, '5101')).toBe('invalid_credentials');
    expect(await pin(accountId, deviceId, '1234')).toBe('done');
  });

  it('lets no wrong PIN through for nothing while right ones are typed at the same time', async () => {
    const { accountId } = await anAccount(accounts);
    const deviceId = randomUUID();
    const attempts: string[] = [];
    for (let round = 0; round < 40; round += 1)
      attempts.push(...(await Promise.all(['1234', '0000', '1234'].map((shown) => pin(accountId, deviceId, shown)))));
    // Whatever the order in which they came: what was not used up is used up now.
    for (let n = 0; n < 3; n += 1) attempts.push(await pin(accountId, deviceId, '0000'));
    expect(counted(attempts).invalid_credentials).toBe(20);
  });

  it('counts nothing for 300 log-ins with the right PIN in a day', async () => {
    const { accountId } = await anAccount(accounts);
    const deviceId = randomUUID();
    const attempts: string[] = [];
    for (let n = 0; n < 300; n += 1) attempts.push(await pin(accountId, deviceId, '1234'));
    expect(counted(attempts)).toEqual({ done: 300 });
  });
});

describe('who shows a credential', () => {
  let accounts: Accounts;
  beforeAll(async () => {
    accounts = await startAccounts();
  });
  afterAll(() => accounts.stop());

  it('is told by PIN with all that a terminal needs to know', async () => {
    const { accountId, userId } = await anAccount(accounts);
    expect(await accounts.get(VerifyPin).execute({ accountId, deviceId: randomUUID(), pin: '1234' })).toEqual({
      userId,
      userName: 'Olive Owner',
      role: 'administrator',
      accountId,
      accountName: 'Corner Café',
      apiMode: false,
      currency: 'CAD',
      timeZone: 'America/Edmonton',
      locale: 'en-CA',
    });
  });

  it('is not found by a PIN of another account', async () => {
    const [here, there] = [await anAccount(accounts), await anAccount(accounts)];
    const wanted = { name: 'Pat', role: 'staff', pin: '777777' } as const;
    await accounts.get(AddUser).execute({ ...wanted, accountId: there.accountId, by: operator });
    const shown = { accountId: here.accountId, deviceId: randomUUID(), pin: '777777' };
    expect(await codeOf(accounts.get(VerifyPin).execute(shown))).toBe('invalid_credentials');
  });

  it('is refused with the right password on a device of another account, as with a wrong one', async () => {
    const [here, there] = [await anAccount(accounts), await anAccount(accounts)];
    const shown = { email: there.email, password, deviceId: randomUUID() };
    const verify = accounts.get(VerifyPassword);
    expect(await codeOf(verify.execute({ ...shown, accountId: here.accountId }))).toBe('invalid_credentials');
    expect(await verify.execute({ ...shown, accountId: there.accountId })).toMatchObject({ userId: there.userId });
  });
});
