import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLocalJWKSet, decodeJwt, type JSONWebKeySet, jwtVerify, SignJWT, importJWK } from 'jose';
import { AuthenticateDevice } from '#device-registry';
import { sessionClaims } from '#terminal-protocol';
import { DeviceRepository } from '../../../libs/device-registry/src/infrastructure/device.repository.js';
import { eventually } from '../../support/eventually.js';
import { ATerminal, aTerminalOf, done, loggedIn, refused } from './a-terminal.js';
import { password, pin } from './known-users.js';
import { isWaiting, type Registry, startRegistry } from './support.js';

let registry: Registry;
beforeAll(async () => {
  registry = await startRegistry();
});
afterAll(() => registry.stop());

const column = async (deviceId: string, name: string): Promise<unknown> => {
  const sql = `SELECT ${name} AS value FROM device_registry.device WHERE id = $1`;
  const rows = await registry.database.dataSource.query<{ value: unknown }[]>(sql, [deviceId]);
  return rows[0]?.value;
};

const set = (deviceId: string, change: string) =>
  registry.database.dataSource.query(`UPDATE device_registry.device SET ${change} WHERE id = $1`, [deviceId]);

/** Everybody waits until `count` are there. */
function aMeetingOf(count: number): () => Promise<void> {
  let [waiting, open] = [0, (): void => undefined];
  const all = new Promise<void>((resolve) => (open = resolve));
  return () => {
    waiting += 1;
    if (waiting === count) open();
    return all;
  };
}

async function claimsOf(token: string) {
  const { body } = await (await ATerminal.of(registry)).call('GET', 'keys', { headers: {} });
  const { payload } = await jwtVerify(token, createLocalJWKSet(body as JSONWebKeySet), {
    ...{ issuer: 'tillgate', audience: 'terminal.v1', currentDate: registry.clock.now() },
  });
  return sessionClaims.parse(payload);
}

describe('A log-in', () => {
  it('by PIN opens a session and says all that the terminal needs', async () => {
    const { terminal, user, deviceId } = await aTerminalOf(registry);
    const { status, body } = await terminal.logIn({ pin });
    expect(status).toBe(201);
    expect(body).toEqual({
      sessionToken: expect.any(String),
      session: { id: expect.any(String), number: 1 },
      mode: 'api',
      account: { id: user.accountId, name: 'Corner Café', currency: 'CAD', locale: 'en-CA' },
      user: { id: user.userId, name: 'Olive Owner', role: 'administrator' },
      gatewayUrl: 'wss://pay.example.com/device/v1/connect',
    });
    const { session } = loggedIn.parse(body);
    const opened = { id: session.id, number: 1, mode: 'api', userId: user.userId };
    expect(registry.events.of(deviceId).at(-1)).toMatchObject({
      ...{ name: 'DeviceLoggedIn', sequence: 2, accountId: user.accountId },
      data: { deviceId, session: opened },
    });
    expect(registry.users.asked.at(-1)).toEqual({ accountId: user.accountId, deviceId, pin });
  });

  it('by e-mail and password asks for a user of the account of the device', async () => {
    const { terminal, user, deviceId } = await aTerminalOf(registry);
    const { email, accountId } = user;
    expect(await terminal.logIn({ email, password })).toMatchObject({
      status: 201,
      body: { user: { id: user.userId } },
    });
    expect(registry.users.asked.at(-1)).toEqual({ accountId, deviceId, email, password });
    const stranger = registry.users.add();
    const shown = { email: stranger.email, password };
    expect(await terminal.logIn(shown)).toMatchObject(refused('invalid_credentials'));
    expect(registry.events.namesOf(deviceId)).toEqual(['DeviceSetUp', 'DeviceLoggedIn']);
  });

  it('with a wrong PIN leaves the open session alone', async () => {
    const { terminal } = await aTerminalOf(registry);
    const { sessionToken } = await terminal.loggedIn();
    expect(await terminal.logIn({ pin: '0000' })).toMatchObject(refused('invalid_credentials'));
    expect(await terminal.renew(sessionToken)).toMatchObject({ status: 200 });
  });

  it('into an account whose API mode is off is standalone', async () => {
    const { terminal } = await aTerminalOf(registry, registry.users.add({ apiMode: false }));
    const answer = await terminal.logIn();
    expect(answer).toMatchObject({ status: 201, body: { mode: 'standalone' } });
    expect((await claimsOf(loggedIn.parse(answer.body).sessionToken)).mode).toBe('standalone');
  });

  it('before the set-up is done names the missing steps, and no PIN is looked at', async () => {
    const terminal = await ATerminal.of(registry);
    await terminal.register();
    await terminal.bind(registry.users.add().email);
    const asked = registry.users.asked.length;
    expect(await terminal.logIn()).toMatchObject(refused('setup_required', { missing: ['network', 'app'] }));
    expect(registry.users.asked).toHaveLength(asked);
  });

  it.each(['locked', 'retired'])('on a %s device is refused, and no PIN is looked at', async (reason) => {
    const { terminal, deviceId } = await aTerminalOf(registry);
    const { sessionToken } = await terminal.loggedIn();
    await set(deviceId, `${reason} = true`);
    const asked = registry.users.asked.length;
    expect(await terminal.logIn()).toMatchObject(refused('device_forbidden', { reason }));
    expect(registry.users.asked).toHaveLength(asked);
    expect(await terminal.renew(sessionToken)).toMatchObject(refused('device_forbidden', { reason }));
    expect(await terminal.bind(registry.users.add().email)).toMatchObject(refused('device_forbidden', { reason }));
  });

  it('ends the session before it; numbers rise by one', async () => {
    const { terminal, deviceId } = await aTerminalOf(registry);
    const first = await terminal.loggedIn();
    const second = await terminal.loggedIn();
    expect([first.session.number, second.session.number]).toEqual([1, 2]);
    expect(registry.events.of(deviceId).slice(1)).toMatchObject([
      { sequence: 2, name: 'DeviceLoggedIn', data: { session: { number: 1 } } },
      { sequence: 3, name: 'DeviceSessionEnded', data: { reason: 'logged_in_again', ended: { number: 1 } } },
      { sequence: 4, name: 'DeviceLoggedIn', data: { session: { number: 2 } } },
    ]);
    expect(await terminal.renew(first.sessionToken)).toMatchObject(refused('session_ended'));
    expect(await terminal.renew(second.sessionToken)).toMatchObject({ status: 200 });
  });

  it('many times at once gives each its own number, and one session stays open: that of the highest number', async () => {
    const { terminal, deviceId } = await aTerminalOf(registry);
    const count = 6;
    registry.users.before = aMeetingOf(count);
    const all = await Promise.all(Array.from({ length: count }, () => terminal.loggedIn()));
    registry.users.before = () => Promise.resolve();
    const sorted = all.sort((one, other) => one.session.number - other.session.number);
    expect(sorted.map(({ session }) => session.number)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await column(deviceId, 'session_id')).toBe(sorted.at(-1)?.session.id);
    const statuses = [];
    for (const { sessionToken } of sorted) statuses.push((await terminal.renew(sessionToken)).status);
    expect(statuses).toEqual([418, 418, 418, 418, 418, 200]);
    const sequences = registry.events.of(deviceId).map(({ sequence }) => sequence ?? 0);
    expect(sequences.sort((one, other) => one - other)).toEqual(Array.from({ length: 2 * count }, (_, i) => i + 1));
    const names = registry.events.namesOf(deviceId);
    expect(names.filter((name) => name === 'DeviceSessionEnded')).toHaveLength(count - 1);
  });

  it('is refused when the device has moved to another account while the PIN was looked at', async () => {
    const { terminal, deviceId } = await aTerminalOf(registry);
    const other = registry.users.add();
    registry.users.before = async () => {
      registry.users.before = () => Promise.resolve();
      done(await terminal.bind(other.email));
    };
    expect(await terminal.logIn()).toMatchObject(refused('unavailable'));
    expect(await column(deviceId, 'session_id')).toBeNull();
  });
});

describe('A session token', () => {
  it('says whose session it is and whose key, for ten minutes, to everybody who has the public keys', async () => {
    const { terminal, user, deviceId } = await aTerminalOf(registry);
    const { sessionToken, session } = await terminal.loggedIn();
    const { x, y } = terminal.publicKey;
    expect(await claimsOf(sessionToken)).toEqual({
      ...{ sub: deviceId, account: user.accountId, session: session.id, sessionNumber: 1, mode: 'api' },
      exp: registry.clock.now().getTime() / 1000 + 600,
      cnf: { jwk: { kty: 'EC', crv: 'P-256', x, y } },
    });
  });

  it('is renewed even when it has expired, with the mode and the number that it had', async () => {
    const user = registry.users.add({ apiMode: true });
    const { terminal } = await aTerminalOf(registry, user);
    const { sessionToken, session } = await terminal.loggedIn();
    registry.clock.forward({ seconds: 3 * 24 * 60 * 60 });
    const renewed = await terminal.renewed(sessionToken);
    const { exp, ...same } = await claimsOf(renewed);
    expect(exp).toBe(registry.clock.now().getTime() / 1000 + 600);
    expect(decodeJwt(sessionToken)).toMatchObject(same);
    expect(same).toMatchObject({ session: session.id, sessionNumber: 1, mode: 'api' });
    expect(await terminal.renew(renewed)).toMatchObject({ status: 200 });
  });

  it('that has expired opens no other door', async () => {
    const { terminal, deviceId, user } = await aTerminalOf(registry);
    const { sessionToken, session } = await terminal.loggedIn();
    const ask = async () => {
      const headers = await terminal.headers('GET', 'registration', sessionToken);
      return registry.get(AuthenticateDevice).bySession({ method: 'GET', url: '/device/v1/registration', headers });
    };
    registry.clock.forward({ seconds: 599 });
    const { accountId } = user;
    expect(await ask()).toEqual({ deviceId, accountId, sessionId: session.id, mode: 'api' });
    registry.clock.forward({ seconds: 1 });
    await expect(ask()).rejects.toMatchObject({ code: 'invalid_proof' });
  });

  it('is of no use to another device, nor without a proof', async () => {
    const [{ terminal }, { terminal: thief }] = [await aTerminalOf(registry), await aTerminalOf(registry)];
    const { sessionToken } = await terminal.loggedIn();
    expect(await thief.renew(sessionToken)).toMatchObject(refused('invalid_proof'));
    expect(await thief.logOut(sessionToken)).toMatchObject(refused('invalid_proof'));
    const headers = { authorization: `DPoP ${sessionToken}` };
    expect(await terminal.call('POST', 'sessions/current/token', { headers })).toMatchObject(refused('invalid_proof'));
    expect(await terminal.call('POST', 'sessions/current/token')).toMatchObject(refused('invalid_proof'));
    expect(await terminal.renew(sessionToken)).toMatchObject({ status: 200 });
  });

  it('that the platform did not sign, or signed for something else, is of no use, and sends the device to its log-in', async () => {
    const { terminal } = await aTerminalOf(registry);
    const { sessionToken } = await terminal.loggedIn();
    const claims = decodeJwt(sessionToken);
    const ours = await importJWK(registry.sessionKey, 'ES256');
    const header = { alg: 'ES256', typ: 'JWT' };
    const sign = (changed: object) => new SignJWT({ ...claims, ...changed }).setProtectedHeader(header).sign(ours);
    expect(await terminal.renew(await sign({}))).toMatchObject({ status: 200 });
    for (const changed of [{ iss: 'somebody' }, { aud: 'somewhere' }, { mode: 'other' }, { session: 'no-id' }])
      expect(await terminal.renew(await sign(changed))).toMatchObject(refused('session_ended'));
    const [head = '', body = ''] = sessionToken.split('.');
    const [, , signature = ''] = (await sign({ mode: 'standalone' })).split('.');
    for (const forged of [`${head}.${body}.${signature}`, `${head}.${body}.`, 'no-token'])
      expect(await terminal.renew(forged)).toMatchObject(refused('session_ended'));
    const headers = await terminal.headers('GET', 'registration', await sign({ aud: 'somewhere' }));
    const asked = { method: 'GET', url: '/device/v1/registration', headers };
    await expect(registry.get(AuthenticateDevice).bySession(asked)).rejects.toMatchObject({ code: 'invalid_proof' });
    expect(await terminal.renew(sessionToken)).toMatchObject({ status: 200 });
  });
});

describe('A log-out', () => {
  it('ends the session, also with an expired token, and once', async () => {
    const { terminal, deviceId } = await aTerminalOf(registry);
    const { sessionToken, session } = await terminal.loggedIn();
    registry.clock.forward({ seconds: 60 * 60 });
    expect(await terminal.logOut(sessionToken)).toEqual({ status: 204, body: '' });
    expect(registry.events.of(deviceId).at(-1)).toMatchObject({
      ...{ name: 'DeviceSessionEnded', sequence: 3 },
      data: { reason: 'logged_out', session: null, ended: { id: session.id, number: 1 } },
    });
    expect(await terminal.renew(sessionToken)).toMatchObject(refused('session_ended'));
    expect(await terminal.logOut(sessionToken)).toMatchObject(refused('session_ended'));
    expect((await terminal.loggedIn()).session.number).toBe(2);
  });

  it('with the token of an older session leaves the open one alone', async () => {
    const { terminal } = await aTerminalOf(registry);
    const first = await terminal.loggedIn();
    const second = await terminal.loggedIn();
    expect(await terminal.logOut(first.sessionToken)).toMatchObject(refused('session_ended'));
    expect(await terminal.renew(second.sessionToken)).toMatchObject({ status: 200 });
  });

  it('that meets a new log-in on its way ends the older session only', async () => {
    const { terminal, deviceId, user } = await aTerminalOf(registry);
    const { sessionToken } = await terminal.loggedIn();
    const [devices, at, newer] = [registry.get(DeviceRepository), registry.clock.now(), randomUUID()];
    let loggingOut: Promise<unknown> | undefined;
    await registry.database.unitOfWork.run(async (tx) => {
      const device = await devices.get(tx, deviceId);
      loggingOut = terminal.logOut(sessionToken);
      await eventually('the log-out waits for the device', () => isWaiting(registry, 'SELECT'));
      device.logIn(newer, { userId: user.userId, accountId: user.accountId, mode: 'api' }, at);
      await devices.save(tx, device);
    });
    expect(await loggingOut).toMatchObject({ status: 204 });
    expect(await column(deviceId, 'session_id')).toBe(newer);
  });

  it('many times at once is told once', async () => {
    const { terminal, deviceId } = await aTerminalOf(registry);
    const { sessionToken } = await terminal.loggedIn();
    const answers = await Promise.all([1, 2, 3, 4].map(() => terminal.logOut(sessionToken)));
    expect(answers).toContainEqual({ status: 204, body: '' });
    expect(registry.events.namesOf(deviceId)).toEqual(['DeviceSetUp', 'DeviceLoggedIn', 'DeviceSessionEnded']);
  });
});
