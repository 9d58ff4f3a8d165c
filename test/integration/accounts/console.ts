import { AddUser, operator } from '#accounts';
import { type Accounts, anAccount, password } from './support.js';

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** The console in the browser of a user who has just logged in; paths begin after `/console/v1/`. */
export async function consoleOf(accounts: Accounts, email: string, shown = password) {
  const payload = { email, password: shown };
  const opened = await accounts.app.inject({ method: 'POST', url: '/console/v1/session', payload });
  const cookie = String(opened.headers['set-cookie']).split(';')[0] ?? '';
  return async (method: Method, path: string, body?: object) => {
    const request = { method, url: `/console/v1/${path}`, headers: { cookie }, ...(body && { payload: body }) };
    const answer = await accounts.app.inject(request);
    return {
      status: answer.statusCode,
      body: answer.body === '' ? undefined : answer.json<unknown>(),
      setCookie: answer.headers['set-cookie'],
    };
  };
}

export type Console = Awaited<ReturnType<typeof consoleOf>>;

/** A new account with the console of its first administrator. */
export async function aConsole(accounts: Accounts) {
  const { accountId, userId, email } = await anAccount(accounts);
  return { accountId, userId, email, call: await consoleOf(accounts, email) };
}

/** One more user of the account, who can log in to the console. */
export async function aColleague(accounts: Accounts, accountId: string, role: 'administrator' | 'manager' | 'staff') {
  const email = `${role}-${accountId}@example.com`;
  const wanted = { accountId, name: `The ${role}`, role, email, password, by: operator };
  const { userId } = await accounts.get(AddUser).execute(wanted);
  return { userId, email, call: await consoleOf(accounts, email) };
}

export const dataOf = ({ body }: { readonly body: unknown }): Record<string, unknown>[] =>
  (body as { readonly data: Record<string, unknown>[] }).data;
