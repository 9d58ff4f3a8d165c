import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { modes } from '../support/platform.js';
import { type Merchant, World } from '../support/world.js';

interface Listed {
  readonly data: readonly { readonly id: string; readonly name: string; readonly email?: string }[];
}

const everything = { general: 'read', settings: 'none', processing: 'none' } as const;

describe.each(modes)('what is open when its credential is revoked, %s', (mode) => {
  let world: World;
  let merchant: Merchant;
  let cookie: string;

  beforeAll(async () => {
    world = await World.start(mode);
    merchant = await world.merchant();
    cookie = await world.cookieOf(merchant.administrator);
  });

  afterAll(() => world.stop(), 60_000);

  /** `ended` resolves when the platform ends it. */
  async function readToTheEnd(headers: Record<string, string>): Promise<{ ended: Promise<'ended'>; cut: () => void }> {
    const hangUp = new AbortController();
    const { body } = await fetch(`${world.platform.url}/v2/events/stream`, { headers, signal: hangUp.signal });
    const read = async (): Promise<'ended'> => {
      for await (const chunk of body ?? []) expect(chunk).toBeDefined();
      return 'ended';
    };
    const ended = read();
    ended.catch(() => undefined);
    return {
      ended,
      cut: () => {
        hangUp.abort();
      },
    };
  }

  const idIn = async (path: string, matches: (one: Listed['data'][number]) => boolean): Promise<string> => {
    const { body } = await world.call('GET', path, { cookie });
    return (body as Listed).data.find(matches)?.id ?? '';
  };

  it('ends within seconds, whether the token is revoked, the user ended or logged out everywhere; the others go on', async () => {
    const [manager, staff] = [await world.person(merchant, 'manager'), await world.person(merchant, 'staff')];
    const revoked = await world.token(merchant.accountId, everything);
    const access = await idIn('/console/v1/api-accesses', () => true);
    const [ofManager, ofStaff] = [await world.cookieOf(manager), await world.cookieOf(staff)];
    const streams = [{ 'api-token': revoked }, { cookie: ofManager }, { cookie: ofStaff }];
    const ending = await Promise.all(streams.map(readToTheEnd));
    const staying = await readToTheEnd({ 'api-token': merchant.token });
    const poll = (after: number) =>
      world.call('GET', `/v2/events?after=${after}`, { token: revoked, headers: { prefer: 'wait=60' } });
    const { next } = (await poll(0)).body as { readonly next: number };
    const polling = poll(next);
    const user = await idIn('/console/v1/users', ({ email }) => email === manager.email);
    const ends = [
      await world.call('DELETE', `/console/v1/api-accesses/${access}`, { cookie }),
      await world.call('DELETE', `/console/v1/users/${user}`, { cookie }),
      await world.call('DELETE', '/console/v1/sessions', { cookie: ofStaff }),
    ];
    expect(ends.map(({ status }) => status)).toEqual([204, 204, 204]);
    expect(await Promise.all(ending.map(({ ended }) => ended))).toEqual(['ended', 'ended', 'ended']);
    expect((await polling).body).toMatchObject({ data: [] });
    const other = await Promise.race([staying.ended, Promise.resolve('goes on')]);
    expect(other).toBe('goes on');
    staying.cut();
  });
});
