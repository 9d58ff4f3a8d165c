import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { describedRoutes, everyRoute, filled, splitRoute, unknownIds } from '../support/every-route.js';
import { eventually } from '../support/eventually.js';
import { modes } from '../support/platform.js';
import { Receiver } from '../support/receiver.js';
import { type Answer, customerWhoPays, type Merchant, World } from '../support/world.js';

type Things = Record<keyof typeof unknownIds, string>;

interface Listed {
  readonly data: readonly { readonly id: string; readonly email?: string }[];
}

/** Shown to no one: what is asked for comes back in no answer. */
const canary = 'canary';
const malformed = [
  'x',
  canary,
  '%00%00%00%00',
  '..%2f',
  "'%20OR%201=1--",
  '-1',
  '0',
  '1e9',
  '٤٢',
  'ﬀﬀ',
  `${canary}${'9'.repeat(300)}`,
];

const withIds = Object.entries(everyRoute).flatMap(([name, { ids = {}, body }]) =>
  Object.entries(ids).map(([id, kind]) => ({ name, id, kind, ids, body })),
);

const isRefusal = ({ status }: Answer): boolean => status === 400 || status === 404;

/** All that may differ between two answers to the same question. */
function plain({ status, body }: Answer): unknown {
  const { requestId: _, ...rest } = (body ?? {}) as Record<string, unknown>;
  return { status, body: rest };
}

describe.each(modes)('every call × every id of another account, %s', (mode) => {
  let world: World;
  let receiver: Receiver;
  let [victim, thief]: Merchant[] = [];
  let [theirs, mine]: Things[] = [];
  let before: unknown;
  let cookie: string;

  beforeAll(async () => {
    receiver = await Receiver.start();
    const generous = { RATE_LIMIT_MINUTE: '100000', RATE_LIMIT_HOUR: '100000' };
    world = await World.start(mode, { WEBHOOK_ALLOWED_HOSTS: '127.0.0.1', ...generous });
    [victim, thief] = [await world.merchant(), await world.merchant()];
    [theirs, mine] = [await thingsOf(victim), await thingsOf(thief)];
    await everythingIsLogged(victim);
    before = await seenBy(victim);
    cookie = await world.cookieOf(thief.administrator);
  });

  afterAll(async () => {
    await world.stop();
    await receiver.stop();
  });

  /** A merchant with one of everything. */
  async function thingsOf(merchant: Merchant): Promise<Things> {
    const { token } = merchant;
    const { terminal, code } = await world.listeningTerminal(merchant);
    customerWhoPays(terminal);
    const { body: paid } = await world.purchase(token, code, 10.25, { prefer: 'wait=20' });
    const payment = paid as { id: string; transactionId: number };
    const { body: made } = await world.call('POST', '/v2/webhooks', { token, body: { url: receiver.url } });
    const { id: webhook, secret } = made as { id: string; secret: string };
    receiver.secret = secret;
    const { body: tested } = await world.call('POST', `/v2/webhooks/${webhook}/test`, { token });
    const { deliveryId } = tested as { deliveryId: number };
    const cardTransaction = String(payment.transactionId);
    const sam = await world.person(merchant, 'staff');
    const cookie = await world.cookieOf(merchant.administrator);
    const listed = async (path: string) => ((await world.call('GET', path, { cookie })).body as Listed).data;
    const user = (await listed('/console/v1/users')).find(({ email }) => email === sam.email)?.id ?? '';
    await world.token(merchant.accountId, { general: 'read', settings: 'none', processing: 'none' });
    const apiAccess = (await listed('/console/v1/api-accesses'))[0]?.id ?? '';
    const administered = { user, apiAccess };
    return {
      device: code,
      payment: payment.id,
      cardTransaction,
      webhook,
      delivery: String(deliveryId),
      ...administered,
    };
  }

  /** What the account's opening tells is published by a sweep, seconds later. */
  const everythingIsLogged = ({ token }: Merchant) =>
    eventually('API mode is in the log', async () => {
      const { body } = await world.call('GET', '/v2/events?types=api_mode.changed', { token });
      return (body as { data: unknown[] }).data.length > 0;
    });

  /** What a merchant can see of its own, but for what moves by itself. */
  async function seenBy({ token }: Merchant): Promise<unknown> {
    const read = async (path: string) => (await world.call('GET', path, { token })).body;
    const [device] = (await read('/v2/devices')) as { name: string | null; listening: boolean; locked: boolean }[];
    const money = [await read('/v2/payments'), await read('/v2/card-transactions'), await read('/v2/events')];
    return { device: [device?.name, device?.listening, device?.locked], money, settings: await read('/v2/settings') };
  }

  /** The call with the thief's token; `of[id]` for this one id, and what is the thief's own for the others. */
  function asked({ name, id, ids, body }: Omit<(typeof withIds)[number], 'kind'>, value: string): Promise<Answer> {
    const { method, path } = splitRoute(name);
    const values = Object.fromEntries(
      Object.entries(ids).map(([key, kind]) => [key, key === id ? value : (mine?.[kind] ?? '')]),
    );
    const by = everyRoute[name]?.needs === 'administrator' ? { cookie } : { token: thief?.token ?? '' };
    return world.call(method, filled(path, values), { ...by, ...(body ? { body } : {}) });
  }

  it('the table has every call of the platform, and no other', async () => {
    expect((await describedRoutes(world)).sort()).toEqual(Object.keys(everyRoute).sort());
  });

  it.each(withIds.map((one) => [`${one.name}, ${one.id}`, one] as const))('%s', async (_, one) => {
    const foreign = plain(await asked(one, theirs?.[one.kind] ?? ''));
    expect(foreign).toMatchObject({ status: 404 });
    expect(foreign).toEqual(plain(await asked(one, unknownIds[one.kind])));
    for (const value of malformed) {
      const answer = await asked(one, value);
      expect([value, isRefusal(answer)]).toEqual([value, true]);
      expect(JSON.stringify(answer.body)).not.toContain(canary);
    }
  });

  it('a refund of another account’s transaction is refused as one of an unknown transaction', async () => {
    const refund = (originalTransactionId: number) =>
      world.call('POST', `/v2/devices/${mine?.device ?? ''}/payment/refund`, {
        ...{ token: thief?.token ?? '', body: { transactionAmount: 1, originalTransactionId } },
      });
    const foreign = await refund(Number(theirs?.cardTransaction));
    expect(isRefusal(foreign)).toBe(true);
    expect(plain(foreign)).toEqual(plain(await refund(999_999_999)));
  });

  it.each([
    ['/v2/devices?code=', 'device'],
    ['/v2/payments?deviceCode=', 'device'],
    ['/v2/card-transactions?search=', 'cardTransaction'],
  ] as const)('%s finds nothing of another account', async (path, kind) => {
    const { status, body } = await world.call('GET', path + (theirs?.[kind] ?? ''), { token: thief?.token ?? '' });
    expect(status).toBe(200);
    expect(Array.isArray(body) ? body : (body as { data: unknown[] }).data).toEqual([]);
  });

  it('and after all that nothing of the other account has changed, and it still takes payments', async () => {
    if (!victim || !theirs) throw new Error('no victim');
    expect(await seenBy(victim)).toEqual(before);
    const paid = await world.purchase(victim.token, theirs.device, 11.5, { prefer: 'wait=20' });
    expect(paid.body).toMatchObject({ status: 'approved' });
  });

  it('while what is one’s own is found by the same calls', async () => {
    const takesAway = (name: string): number => Number(name.startsWith('DELETE')) * 2 + Number(name.includes('retire'));
    const ordered = [...withIds].sort((one, other) => takesAway(one.name) - takesAway(other.name));
    for (const one of ordered.filter(({ name }) => name !== 'DELETE /v2/devices/{code}')) {
      const { status } = await asked(one, mine?.[one.kind] ?? '');
      expect([one.name, [401, 403, 404, 500].includes(status)]).toEqual([one.name, false]);
    }
  });
});
