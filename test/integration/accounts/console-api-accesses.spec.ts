import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CallerByToken } from '#accounts';
import { aColleague, aConsole, type Console, dataOf } from './console.js';
import { type Accounts, startAccounts } from './support.js';

const permissions = { general: 'read', settings: 'none', processing: 'positive_transaction' } as const;

describe('the API accesses in the console', () => {
  let accounts: Accounts;
  beforeAll(async () => {
    accounts = await startAccounts();
  });
  afterAll(() => accounts.stop());

  const create = async (call: Console, name = 'Front till') => {
    const { status, body } = await call('POST', 'api-accesses', { name, permissions });
    return { status, body, ...(body as { id: string; token: string }) };
  };
  const callerBy = (token: string) => accounts.get(CallerByToken).execute(token);

  it('show their token when they are made and never again', async () => {
    const { accountId, call } = await aConsole(accounts);
    const made = await create(call);
    expect([made.status, made.body]).toEqual([201, { id: expect.any(String), token: expect.any(String) }]);
    expect(await callerBy(made.token)).toMatchObject({ accountId, permissions, actor: { name: 'Front till' } });
    const [listed, audit] = [await call('GET', 'api-accesses'), await call('GET', 'audit')];
    expect(JSON.stringify([listed.body, audit.body])).not.toContain(made.token);
    expect(dataOf(audit)[0]).toMatchObject({ action: 'api_access.created', subjectId: made.id });
  });

  it('are listed with what they may do and when they were used, those first that work', async () => {
    const { call } = await aConsole(accounts);
    const first = await create(call, 'First');
    const createdAt = accounts.clock.now().toISOString();
    accounts.clock.forward({ minutes: 1 });
    const second = await create(call, 'Second');
    accounts.clock.forward({ minutes: 1 });
    await callerBy(second.token);
    const then = accounts.clock.now().toISOString();
    expect(dataOf(await call('GET', 'api-accesses')).map(({ name }) => name)).toEqual(['Second', 'First']);
    expect((await call('DELETE', `api-accesses/${second.id}`)).status).toBe(204);
    expect((await call('GET', 'api-accesses')).body).toEqual({
      data: [
        { id: first.id, name: 'First', permissions, createdAt, lastUsedAt: null, revokedAt: null },
        expect.objectContaining({ id: second.id, lastUsedAt: then, revokedAt: then }),
      ],
      next: null,
    });
  });

  it('are unknown from their end on, which is told once', async () => {
    const { accountId, call } = await aConsole(accounts);
    const { id, token } = await create(call);
    const ends = [await call('DELETE', `api-accesses/${id}`), await call('DELETE', `api-accesses/${id}`)];
    expect(ends.map(({ status }) => status)).toEqual([204, 204]);
    expect(await callerBy(token)).toBeUndefined();
    expect(accounts.events.named('ApiAccessRevoked').filter((event) => event.accountId === accountId)).toHaveLength(1);
    const actions = dataOf(await call('GET', 'audit')).map(({ action }) => action);
    expect(actions.filter((action) => action === 'api_access.revoked')).toHaveLength(1);
  });

  it('are for administrators only, and a token makes no token', async () => {
    const { accountId, call: boss } = await aConsole(accounts);
    const { id, token } = await create(boss);
    const manager = await aColleague(accounts, accountId, 'manager');
    const asked = [
      ['GET', 'api-accesses'],
      ['POST', 'api-accesses', { name: 'Mine', permissions }],
      ['DELETE', `api-accesses/${id}`],
    ] as const;
    for (const [method, path, body] of asked) {
      expect((await manager.call(method, path, body)).status).toBe(403);
      const request = {
        method,
        url: `/console/v1/${path}`,
        headers: { 'api-token': token },
        ...(body && { payload: body }),
      };
      expect((await accounts.app.inject(request)).statusCode).toBe(403);
    }
    expect(await callerBy(token)).toBeDefined();
  });

  it.each([
    [{}, 'invalid_request'],
    [{ name: '   ' }, 'invalid_field'],
    [{ name: 'x'.repeat(81) }, 'invalid_request'],
    [{ permissions: null }, 'invalid_request'],
    [{ permissions: [permissions] }, 'invalid_request'],
    [{ permissions: { ...permissions, general: 'admin' } }, 'invalid_request'],
    [{ permissions: { general: 'read', settings: 'none' } }, 'invalid_request'],
    [{ permissions: { ...permissions, root: true } }, 'invalid_request'],
    [{ token: 'tg_api_mine' }, 'invalid_request'],
  ])('are not made with %j', async (wrong, code) => {
    const { call } = await aConsole(accounts);
    const right = Object.keys(wrong).length === 0 ? {} : { name: 'Till', permissions };
    expect((await call('POST', 'api-accesses', { ...right, ...wrong })).body).toEqual({ code });
    expect(dataOf(await call('GET', 'api-accesses'))).toEqual([]);
  });

  it('of another account are neither listed nor found', async () => {
    const [here, there] = [await aConsole(accounts), await aConsole(accounts)];
    const { id, token } = await create(there.call);
    for (const unknown of [id, randomUUID(), 'x', '%00'])
      expect((await here.call('DELETE', `api-accesses/${unknown}`)).body).toEqual({ code: 'api_access_not_found' });
    expect(dataOf(await here.call('GET', 'api-accesses'))).toEqual([]);
    expect(await callerBy(token)).toBeDefined();
  });
});
