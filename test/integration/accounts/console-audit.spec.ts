import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aColleague, aConsole, type Console, dataOf } from './console.js';
import { type Accounts, aToken, startAccounts } from './support.js';

interface Page {
  readonly data: readonly { readonly id: number; readonly action: string }[];
  readonly next: number | null;
}

describe('the audit log in the console', () => {
  let accounts: Accounts;
  beforeAll(async () => {
    accounts = await startAccounts();
  });
  afterAll(() => accounts.stop());

  const page = async (call: Console, query = ''): Promise<Page> => (await call('GET', `audit${query}`)).body as Page;

  /** A console whose account has six entries: two of its opening, four API accesses. */
  async function sixEntries() {
    const opened = await aConsole(accounts);
    for (let i = 0; i < 4; i += 1) await aToken(accounts, opened.accountId);
    return opened;
  }

  it('tells who changed what and when, newest first', async () => {
    const { userId, call } = await aConsole(accounts);
    const permissions = { general: 'read', settings: 'none', processing: 'none' };
    const { body } = await call('POST', 'api-accesses', { name: 'Back till', permissions });
    const { data, next } = await page(call);
    expect(next).toBeNull();
    expect(data[0]).toEqual({
      id: expect.any(Number),
      at: accounts.clock.now().toISOString(),
      actor: { kind: 'user', name: 'Olive Owner' },
      action: 'api_access.created',
      subjectId: (body as { id: string }).id,
      facts: { name: 'Back till', ...permissions },
    });
    expect(data.slice(1)).toMatchObject([
      { action: 'user.added', actor: { kind: 'system' }, subjectId: userId },
      { action: 'account.opened' },
    ]);
  });

  it.each([1, 2, 3, 4, 5, 6, 7])('page by page of %d: each entry once, and nothing after the oldest', async (limit) => {
    const { call } = await sixEntries();
    const all = (await page(call)).data.map(({ id }) => id);
    const read: number[][] = [];
    for (let before: number | null = null, first = true; first || before !== null; first = false) {
      const { data, next } = await page(call, `?limit=${limit}${before === null ? '' : `&before=${before}`}`);
      read.push(data.map(({ id }) => id));
      before = next;
    }
    expect(read.flat()).toEqual(all);
    expect(read).toHaveLength(Math.ceil(6 / limit));
  });

  it('goes on where it was when something new comes in between', async () => {
    const { accountId, call } = await sixEntries();
    const all = (await page(call)).data;
    const { next } = await page(call, '?limit=2');
    await aToken(accounts, accountId);
    expect((await page(call, `?limit=2&before=${next}`)).data).toEqual(all.slice(2, 4));
  });

  it('tells nothing of another account', async () => {
    const [here, there] = [await aConsole(accounts), await sixEntries()];
    const newest = (await page(there.call)).data[0];
    expect((await page(here.call, `?before=${newest?.id}`)).data.map(({ action }) => action)).toEqual([
      'user.added',
      'account.opened',
    ]);
  });

  it('is for administrators only', async () => {
    const { accountId } = await aConsole(accounts);
    const manager = await aColleague(accounts, accountId, 'manager');
    expect((await manager.call('GET', 'audit')).status).toBe(403);
    const headers = { 'api-token': (await aToken(accounts, accountId, 'write')).token };
    expect((await accounts.app.inject({ method: 'GET', url: '/console/v1/audit', headers })).statusCode).toBe(403);
  });

  it.each([
    ...['limit=0', 'limit=201', 'limit=-1', 'limit=1.5', 'limit=', 'limit=ten', 'limit=1&limit=2'],
    ...['before=0', 'before=x', 'before=1e3', 'before=9999999999999999999999', 'since=2026-11-23'],
  ])('is not asked for with %s', async (query) => {
    const { call } = await aConsole(accounts);
    expect(await call('GET', `audit?${query}`)).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
  });

  it('takes the largest page and an id that no entry has', async () => {
    const { call } = await sixEntries();
    expect(dataOf(await call('GET', 'audit?limit=200&before=999999999999999'))).toHaveLength(6);
  });
});
