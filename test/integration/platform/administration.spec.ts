import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { customerWhoPays, errorOf, type Merchant, World } from '../../support/world.js';

interface Listed {
  readonly data: readonly Record<string, unknown>[];
  readonly next: number | null;
}

/** The calls of the console's administration, over the whole platform. */
describe('the console', () => {
  let world: World;
  let merchant: Merchant;
  let cookie: string;

  beforeAll(async () => {
    world = await World.start('embedded');
    merchant = await world.merchant();
    cookie = await world.cookieOf(merchant.administrator);
  });

  afterAll(async () => {
    await world.stop();
  });

  const call = (method: string, path: string, body?: object, as = cookie) =>
    world.call(method, `/console/v1/${path}`, { cookie: as, ...(body ? { body } : {}) });
  const listed = async (path: string) => (await call('GET', path)).body as Listed;

  it('tells who is logged in, and what they may do', async () => {
    const { body } = await call('GET', 'session');
    expect(body).toMatchObject({
      user: { name: 'Ada', email: merchant.administrator.email, role: 'administrator' },
      account: { id: merchant.accountId, name: 'Corner Shop', country: 'CA', currency: 'CAD', locale: 'en-CA' },
      ...{ permissions: { general: 'write', settings: 'write', processing: 'admin' }, apiMode: true },
    });
  });

  it('logs a user out everywhere, and nobody else', async () => {
    const manager = await world.person(merchant, 'manager');
    const [first, second] = [await world.cookieOf(manager), await world.cookieOf(manager)];
    const answer = await call('DELETE', 'sessions', undefined, first);
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([204, expect.stringContaining('Max-Age=0')]);
    for (const over of [first, second]) expect((await call('GET', 'session', undefined, over)).status).toBe(401);
    expect((await call('GET', 'session')).status).toBe(200);
  });

  it('adds a user who can log in at once, and ends their access', async () => {
    const login = { email: 'max@shop.example', password: 'a long enough one' };
    const added = await call('POST', 'users', { name: 'Max', role: 'manager', pin: '998877', ...login });
    expect(added).toMatchObject({
      status: 201,
      body: { name: 'Max', role: 'manager', email: login.email, active: true },
    });
    const { id } = added.body as { id: string };
    const theirs = await world.cookieOf({ ...login, pin: '' });
    expect((await listed('users')).data.map(({ name }) => name)).toContain('Max');
    expect(await call('DELETE', `users/${id}`)).toMatchObject({ status: 204 });
    expect((await call('GET', 'session', undefined, theirs)).status).toBe(401);
    expect((await listed('users')).data.find((user) => user.id === id)).toMatchObject({ active: false });
  });

  it('never leaves an account without an administrator', async () => {
    const own = (await listed('users')).data.find(({ role }) => role === 'administrator');
    const ended = await call('DELETE', `users/${String(own?.id)}`);
    expect(errorOf(ended)).toMatchObject({ status: 409, code: 'own_access' });
  });

  it('of two administrators who end each other’s access at once, one stays', async () => {
    const shop = await world.merchant();
    const bo = { email: 'bo@shop.example', password: 'a long enough one', pin: '4321' };
    const ada = await world.cookieOf(shop.administrator);
    await call('POST', 'users', { name: 'Bo', role: 'administrator', ...bo }, ada);
    const users = ((await call('GET', 'users', undefined, ada)).body as Listed).data;
    const idOf = (name: string) => String(users.find((user) => user.name === name)?.id);
    const boss = await world.cookieOf(bo);
    const answers = await Promise.all([
      call('DELETE', `users/${idOf('Bo')}`, undefined, ada),
      call('DELETE', `users/${idOf('Ada')}`, undefined, boss),
    ]);
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
    const refusal = answers.find(({ status }) => status !== 204);
    expect([401, 409]).toContain(refusal?.status);
  });

  it.each([
    ['a role that does not exist', { name: 'X', role: 'owner', pin: '5566' }, 'role'],
    ['no credentials', { name: 'X', role: 'staff' }, 'pin'],
    ['a field that is not known', { name: 'X', role: 'staff', pin: '5566', admin: true }, 'admin'],
  ])('refuses a user with %s', async (_what, body, field) => {
    const answer = errorOf(await call('POST', 'users', body));
    expect(answer.status).toBe(400);
    expect(answer.errors.join()).toContain(field);
  });

  it('makes an API access whose token works at once, and revokes it', async () => {
    const permissions = { general: 'read', settings: 'read', processing: 'none' };
    const { status, body } = await call('POST', 'api-accesses', { name: 'Back till', permissions });
    const { id, token } = body as { id: string; token: string };
    expect(status).toBe(201);
    expect((await world.call('GET', '/v2/devices', { token })).status).toBe(200);
    expect((await listed('api-accesses')).data.find((access) => access.id === id)).toMatchObject({
      ...{ name: 'Back till', permissions, lastUsedAt: expect.any(String), revokedAt: null },
    });
    expect(JSON.stringify(await listed('api-accesses'))).not.toContain(token);
    expect((await call('DELETE', `api-accesses/${id}`)).status).toBe(204);
    expect((await world.call('GET', '/v2/devices', { token })).status).toBe(403);
  });

  it('tells who changed what, newest first, page by page, and no secret', async () => {
    const all = await listed('audit?limit=200');
    expect(all.next).toBeNull();
    expect(all.data[0]).toMatchObject({ action: 'api_access.revoked', actor: { kind: 'user', name: 'Ada' } });
    const paged: unknown[] = [];
    for (let next: number | null = null, first = true; first || next !== null; first = false) {
      const page: Listed = await listed(`audit?limit=3${next === null ? '' : `&before=${next}`}`);
      paged.push(...page.data);
      next = page.next;
    }
    expect(paged).toEqual(all.data);
    expect(JSON.stringify(all)).not.toContain('a long enough one');
  });

  it('tells how the day goes', async () => {
    const before = (await call('GET', 'overview')).body;
    expect(before).toMatchObject({ currency: 'CAD', approved: { count: 0, amount: 0 }, unknown: { count: 0 } });
    const { terminal, code } = await world.listeningTerminal(merchant);
    customerWhoPays(terminal);
    const { token } = merchant;
    const { body } = await world.purchase(token, code, 10.25, { prefer: 'wait=20' });
    await world.purchase(token, code, 1.51, { prefer: 'wait=20' });
    const { transactionId: originalTransactionId } = body as { transactionId: number };
    await world.call('POST', `/v2/devices/${code}/payment/refund`, {
      ...{ token, headers: { prefer: 'wait=20' }, body: { transactionAmount: 2.25, originalTransactionId } },
    });
    const { hours, ...day } = (await call('GET', 'overview')).body as { hours: Record<string, number>[] };
    expect(day).toMatchObject({
      ...{ approved: { count: 1, amount: 10.25 }, refunded: { count: 1, amount: 2.25 } },
      ...{ declined: { count: 1 }, other: { count: 0 }, unknown: { count: 0 } },
    });
    expect(hours).toHaveLength(24);
    const sumOf = (key: string): number => hours.reduce((sum, hour) => sum + (hour[key] ?? 0), 0);
    expect([sumOf('approved'), sumOf('declined'), sumOf('other')]).toEqual([1, 1, 0]);
  });
});
