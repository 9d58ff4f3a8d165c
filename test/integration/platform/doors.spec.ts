import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { json, purchaseOn, type Sent, Stranger } from './stranger.js';

describe('a request that is refused at the door', () => {
  let stranger: Stranger;

  beforeAll(async () => {
    stranger = await Stranger.arrives();
  });

  afterAll(async () => {
    await stranger.leaves();
  });

  const refused = (sent: Sent) => stranger.refused(sent);
  const asMerchant = (sent: Sent) => stranger.refusedAsMerchant(sent);

  describe('by who sends it', () => {
    const doors: Sent[] = [
      { path: '/v2/connection-test' },
      { path: '/v2/devices' },
      { path: '/v2/devices/2222' },
      { path: '/v2/devices/2222/ping' },
      purchaseOn('2222'),
      { path: '/v2/payments/4711' },
      { path: '/v2/card-transactions' },
      { path: '/v2/card-transactions/4711' },
      { path: '/v2/settings/api-mode' },
      { method: 'PUT', path: '/v2/settings/api-mode', headers: json, body: '{"enabled":false}' },
    ];

    it.each(doors)('is 401 without a token, and 403 with a wrong one, at $path', async (door) => {
      const nobody = await refused(door);
      expect(nobody).toMatchObject({ status: 401, code: 'unauthenticated' });
      const withToken = (shown: string) => refused({ ...door, headers: { ...door.headers, 'api-token': shown } });
      expect(await withToken(' ')).toEqual(nobody);
      const { token } = stranger.merchant;
      for (const wrong of [`${token}x`, token.slice(0, -1), 'canary', 'canary'.repeat(1_500), '%00'])
        expect(await withToken(wrong)).toMatchObject({ status: 403, code: 'forbidden' });
    });

    it('is 401 with the token in another place, and 403 with two tokens', async () => {
      const { token } = stranger.merchant;
      const path = '/v2/devices';
      const bearer = { authorization: `Bearer ${token}` };
      const places: Sent[] = [
        { path, headers: bearer },
        { path, headers: { 'x-api-token': token } },
        { path: `${path}?api-token=${token}` },
        { path, headers: { cookie: `canary=${token}` } },
      ];
      for (const place of places) expect(await refused(place)).toMatchObject({ status: 401 });
      const two = { path, headers: { 'api-token': [token, 'canary'] } };
      expect(await refused(two)).toMatchObject({ status: 403, code: 'forbidden' });
    });

    it('is 401 with a console cookie that is none, and 403 with a good one from another site', async () => {
      const cookie = await stranger.world.cookieOf(stranger.merchant.administrator);
      const [name = ''] = cookie.split('=');
      for (const bad of [`${name}=canary`, `${cookie}x`, `${name}=`, `${name}=%zz`, ';;=', '\u00ff'])
        expect(await refused({ path: '/v2/devices', headers: { cookie: bad } })).toMatchObject({ status: 401 });
      const foreign = { ...json, cookie, origin: 'https://canary.example' };
      const change: Sent = {
        method: 'PUT',
        path: '/v2/settings/api-mode',
        headers: foreign,
        body: '{"enabled":false}',
      };
      expect(await refused(change)).toMatchObject({ status: 403, code: 'forbidden' });
    });
  });

  describe('at the doors of terminals and of the console', () => {
    const post = (path: string, body: string, headers: Record<string, string> = {}): Sent => ({
      ...{ method: 'POST', path, body },
      headers: { ...json, ...headers },
    });

    it.each([
      'null',
      '[]',
      '"canary"',
      '4711',
      '{}',
      '{"email":["canary"],"password":{"canary":1}}',
      '{"email":"","password":""}',
    ])('is 400 for the console log-in %s, naming the fields', async (body) => {
      const { status, fields } = await refused(post('/console/v1/session', body));
      expect([status, Object.keys(fields)]).toEqual([400, ['email', 'password']]);
    });

    it.each(['canary\\u0000@shop.example', '\\ud800canary@shop.example', "canary' OR 1=1 --", 'CANARY@SHOP.EXAMPLE'])(
      'is 401 for the e-mail address %s',
      async (email) => {
        const body = `{"email":"${email}","password":"canary\\u0000"}`;
        const refusal = await refused(post('/console/v1/session', body));
        expect(refusal).toMatchObject({ status: 401, code: 'invalid_credentials' });
      },
    );

    it.each(['{"enabled":"canary"}', '{"enabled":4711}', '{}', 'null', '[{"enabled":false}]'])(
      'is 400 for API mode as %s',
      async (body) => {
        const sent = { ...post('/v2/settings/api-mode', body), method: 'PUT' };
        const { status, fields } = await asMerchant(sent);
        expect([status, fields]).toMatchObject([400, { enabled: expect.anything() }]);
      },
    );

    it('is 400 for a field that API mode does not have, whose name comes back only if it is a name', async () => {
      const sent = { ...post('/v2/settings/api-mode', '{"enabled":false,"47114711":4711}'), method: 'PUT' };
      expect(await asMerchant(sent)).toMatchObject({ status: 400, fields: { body: expect.anything() } });
    });

    const proofs = [
      {},
      { dpop: 'canary' },
      { dpop: 'canary', authorization: 'DPoP canary' },
      { dpop: 'e30.e30.canary' },
    ];
    it.each([
      ['/device/v1/setup', '{"serialNumber":"canary"}'],
      ['/device/v1/setup/network', '{"deviceTime":"canary"}'],
      ['/device/v1/setup/app', '{"appVersion":"canary"}'],
      ['/device/v1/setup/account', '{"email":"canary@shop.example","password":"canary"}'],
      ['/device/v1/sessions', '{"pin":"4711"}'],
      ['/device/v1/sessions/current/token', '{}'],
      ['/device/v1/results', '{"results":[{"canary":4711}]}'],
    ])('is refused at %s without the proof of a known device', async (path, body) => {
      for (const headers of proofs) {
        for (const text of [body, '{}', '[]', 'null', '"canary"', '{"4711":"\\u0000"}']) {
          const { status } = await refused(post(path, text, headers));
          expect([400, 401]).toContain(status);
        }
        expect(await refused(post(path, '{"canary', headers))).toMatchObject({ status: 400, code: 'bad_json' });
        expect(await refused(post(path, 'x'.repeat(1_000_000), headers))).toMatchObject({ status: 413 });
      }
    });
  });

  it('stores nothing, changes nothing, and the process goes on', async () => {
    await stranger.hasDoneNoHarm();
  });
});
