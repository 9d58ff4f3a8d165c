import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { calculateJwkThumbprint, decodeProtectedHeader, importJWK, jwtVerify } from 'jose';
import { aSession, base, FakePlatform, json, refusal } from '../../../../test/support/terminal-sdk/fake-platform.js';
import { aResult, first } from '../../../../test/support/terminal-sdk/payments.js';
import { DeviceKey } from './device-key.js';
import { PlatformClient, PlatformRefusal } from './platform-client.js';
import { ServerClock } from './server-clock.js';

const noon = Date.parse('2030-01-01T12:00:00.000Z');
let key: DeviceKey;
let platform: FakePlatform;
let clock: ServerClock;
let client: PlatformClient;

beforeAll(async () => {
  key = await DeviceKey.generate(true);
});
beforeEach(() => {
  platform = new FakePlatform();
  clock = new ServerClock({ steady: () => 0, wall: () => Date.now() });
  clock.hear(new Date(noon).toISOString());
  client = new PlatformClient(base, key, clock, platform.fetch);
});

const proofOf = async (index: number) => {
  const proof = platform.seen[index]?.headers.get('dpop') ?? '';
  const verified = await jwtVerify(proof, await importJWK(key.publicJwk, 'ES256'), { currentDate: new Date(noon) });
  return { header: decodeProtectedHeader(proof), claims: verified.payload };
};
const refusalFrom = async (call: Promise<unknown>): Promise<PlatformRefusal> => {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof PlatformRefusal)) throw new Error('not refused', { cause: error });
  return error;
};

describe('the proof of each call', () => {
  it('is signed by the terminal’s key for this method and address, at the server’s time', async () => {
    platform.on('/device/v1/sessions', () => json(aSession(), 201));
    await client.logIn({ pin: '1234' });
    const { header, claims } = await proofOf(0);
    expect(header).toMatchObject({ typ: 'dpop+jwt', alg: 'ES256' });
    expect(await calculateJwkThumbprint(header.jwk ?? {})).toBe(await calculateJwkThumbprint({ ...key.publicJwk }));
    expect(header.jwk).not.toHaveProperty('d');
    expect(claims).toMatchObject({ htm: 'POST', htu: `${base}/device/v1/sessions`, iat: noon / 1000 });
    expect(claims).not.toHaveProperty('ath');
    expect(platform.seen[0]?.headers.get('authorization')).toBeNull();
  });

  it('binds the session token, where there is one', async () => {
    platform.on('/device/v1/sessions/current/token', () => json({ sessionToken: 'next' }));
    await expect(client.renew('token')).resolves.toEqual({ sessionToken: 'next' });
    const ath = Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from('token'))).toString('base64url');
    expect((await proofOf(0)).claims).toMatchObject({ ath });
    expect(platform.seen[0]?.headers.get('authorization')).toBe('DPoP token');
  });

  it('is used once', async () => {
    platform.on('/device/v1/setup/app', () => json({ missing: [] }));
    await client.installApp('1.0.0');
    await client.installApp('1.0.0');
    expect((await proofOf(0)).claims.jti).not.toBe((await proofOf(1)).claims.jti);
  });
});

describe('a refusal because of the clock', () => {
  const serverTime = '2030-01-01T15:00:00.000Z';

  it('sets the clock, and the call is made once more', async () => {
    platform.on(
      '/device/v1/sessions',
      () => refusal(401, 'invalid_proof', { serverTime }),
      () => json(aSession(), 201),
    );
    await expect(client.logIn({ pin: '1234' })).resolves.toMatchObject({ mode: 'api' });
    expect(clock.now()).toBe(Date.parse(serverTime));
    expect((await proofOf(1)).claims.iat).toBe(Date.parse(serverTime) / 1000);
  });

  it('that comes again is the answer', async () => {
    platform.on('/device/v1/sessions', () => refusal(401, 'invalid_proof', { serverTime }));
    await expect(refusalFrom(client.logIn({ pin: '1234' }))).resolves.toMatchObject({ code: 'invalid_proof' });
    expect(platform.seen).toHaveLength(2);
  });

  it('without a time that can be read is the answer at once', async () => {
    platform.on('/device/v1/sessions', () => refusal(401, 'invalid_proof', { serverTime: 'late' }));
    await refusalFrom(client.logIn({ pin: '1234' }));
    expect(platform.seen).toHaveLength(1);
  });
});

describe('a refusal', () => {
  it('has its code, sentence, details and the seconds to wait', async () => {
    const body = { errors: ['Too many tries', 'wait'], code: 'locked_out', details: { left: 0 } };
    platform.on('/device/v1/sessions', () => json(body, 423, { 'retry-after': '30' }));
    await expect(refusalFrom(client.logIn({ pin: '0000' }))).resolves.toMatchObject({
      status: 423,
      code: 'locked_out',
      message: 'Too many tries; wait',
      details: { left: 0 },
      retryAfterSeconds: 30,
    });
  });

  it.each([
    ['none', {}],
    ['a date', { 'retry-after': 'Wed, 21 Oct 2030 07:28:00 GMT' }],
  ])('names no seconds to wait when its header is %s', async (_, headers) => {
    platform.on('/device/v1/setup/app', () => json({ errors: ['no'], code: 'forbidden' }, 403, headers));
    await expect(refusalFrom(client.installApp('1.0.0'))).resolves.toMatchObject({ retryAfterSeconds: null });
  });

  it.each([502, 200])('is what a page of a proxy is, also one with status %d', async (status) => {
    const page = () => new Response('<html>Please log in to the Wi-Fi</html>', { status });
    platform.on('/device/v1/sessions/current', page).on('/device/v1/registration', page);
    const refused = { status, code: 'unreadable', message: `HTTP ${status}`, details: {} };
    await expect(refusalFrom(client.logOut('token'))).resolves.toMatchObject(refused);
    await expect(refusalFrom(client.registration('token', 25))).resolves.toMatchObject(refused);
  });
});

describe('the calls', () => {
  it('say what the platform asks for', async () => {
    platform
      .on('/device/v1/setup', () => json({ deviceId: 'd', missing: ['network'] }))
      .on('/device/v1/setup/network', () => json({ serverTime: '2030-01-01T12:00:00.000Z', missing: ['app'] }))
      .on('/device/v1/setup/account', () => json({ missing: [], account: { id: 'a', name: 'Shop' } }))
      .on('/device/v1/registration', () => json({ status: 'registering', code: null }))
      .on('/device/v1/results', () => json({ settled: [first] }))
      .on('/device/v1/sessions/current', () => new Response(null, { status: 204 }));
    await client.register({ serialNumber: 'S-1', model: 'M', appVersion: '1.0.0' });
    await client.checkNetwork();
    await client.bind({ email: 'ada@example.com', password: 'secret' });
    await expect(client.registration('token', 25)).resolves.toBeNull();
    await expect(client.deliver([{ paymentId: first, attempt: 1, ...aResult() }])).resolves.toEqual([first]);
    await client.logOut('token');
    expect(platform.seen.map(({ method, path }) => `${method} ${path.replace('/device/v1/', '')}`)).toEqual([
      ...['POST setup', 'POST setup/network', 'POST setup/account'],
      ...['GET registration', 'POST results', 'DELETE sessions/current'],
    ]);
    expect(platform.seen[0]?.body).toMatchObject({ serialNumber: 'S-1', publicKey: { ...key.publicJwk } });
    expect(platform.seen[3]?.headers.get('prefer')).toBe('wait=25');
  });

  it('end when the terminal is switched off', async () => {
    const never = new Promise<Response>(() => undefined);
    platform.on('/device/v1/registration', ({ signal }) => {
      const aborted = new Promise<Response>((_, reject) => {
        signal?.addEventListener('abort', () => {
          reject(new Error('aborted'));
        });
      });
      return Promise.race([never, aborted]);
    });
    const waiting = client.registration('token', 25);
    const ended = expect(waiting).rejects.toThrow('aborted');
    while (platform.seen.length === 0) await new Promise(setImmediate);
    client.close();
    await ended;
  });
});
