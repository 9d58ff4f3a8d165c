import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { calculateJwkThumbprint } from 'jose';
import { type ATerminal, aTerminalOf, type Method, refused } from './a-terminal.js';
import { origin, type Registry, startRegistry } from './support.js';

let registry: Registry;
let known: ATerminal;
beforeAll(async () => {
  registry = await startRegistry();
  known = (await aTerminalOf(registry)).terminal;
});
afterAll(() => registry.stop());

interface Refusal {
  readonly code: string;
  readonly message: string;
}

/** Each of these must be named by its field, and never repeated. */
async function expectRefused(path: string, body: unknown, field: string): Promise<void> {
  const users = registry.users.asked.length;
  const { status, body: refusal } = await known.call('POST', path, { body });
  const { code, message } = refusal as Refusal;
  expect({ status, code }).toEqual({ status: 418, code: 'invalid_request' });
  expect(message.split('; ').map((part) => part.split(': ')[0])).toContain(field);
  expect(message).not.toContain('canary');
  expect(registry.users.asked).toHaveLength(users);
}

describe('POST /device/v1/setup', () => {
  const long = 'canary'.repeat(50);

  it.each([
    ['serialNumber', { serialNumber: undefined }],
    ['serialNumber', { serialNumber: 'SN1' }],
    ['serialNumber', { serialNumber: 'SN canary' }],
    ['serialNumber', { serialNumber: 'SN\u0000canary' }],
    ['serialNumber', { serialNumber: 'SN-canary\n' }],
    ['serialNumber', { serialNumber: long }],
    ['serialNumber', { serialNumber: 4711 }],
    ['serialNumber', { serialNumber: ['SN-canary'] }],
    ['model', { model: '' }],
    ['model', { model: long }],
    ['model', { model: '<canary>' }],
    ['model', { model: { toString: 'canary' } }],
    ['appVersion', { appVersion: '1.4' }],
    ['appVersion', { appVersion: '1.4.0 canary' }],
    ['appVersion', { appVersion: `1.4.0-${long}` }],
    ['publicKey', { publicKey: undefined }],
    ['publicKey', { publicKey: null }],
    ['publicKey', { publicKey: 'canary' }],
    ['publicKey', { publicKey: ['canary'] }],
    ['publicKey.kty', { publicKey: {} }],
    ['publicKey.kty', { publicKey: { kty: 'RSA', n: 'canary' } }],
    ['colour', { colour: 'canary' }],
  ])('refuses a wrong %s: %j', async (field, wrong) => {
    await expectRefused('setup', { ...known.facts, ...wrong }, field);
  });

  it.each([
    ['publicKey.crv', { crv: 'P-384' }],
    ['publicKey.x', { x: 'canary' }],
    ['publicKey.x', { x: `${'A'.repeat(42)}B` }],
    ['publicKey.y', { y: `${'A'.repeat(42)}=` }],
    ['publicKey.y', { y: null }],
    ['publicKey.d', { d: 'canary' }],
  ])('refuses a key with a wrong %s: %j', async (field, wrong) => {
    await expectRefused('setup', { ...known.facts, publicKey: { ...known.publicKey, ...wrong } }, field);
  });
});

describe('The other steps of the set-up', () => {
  it.each([
    ['network', 'deviceTime', {}],
    ['network', 'deviceTime', { deviceTime: 'canary' }],
    ['network', 'deviceTime', { deviceTime: 1764000000 }],
    ['network', 'deviceTime', { deviceTime: `2026-11-23T12:00:00.${'0'.repeat(60)}Z` }],
    ['app', 'appVersion', {}],
    ['app', 'appVersion', { appVersion: 'canary' }],
    ['app', 'appVersion', { appVersion: '1.9.0\u0000' }],
    ['account', 'email', { password: 'canary' }],
    ['account', 'email', { email: 'canary', password: 'canary' }],
    ['account', 'email', { email: `${'c'.repeat(260)}@shop.example`, password: 'canary' }],
    ['account', 'password', { email: 'canary@shop.example' }],
    ['account', 'password', { email: 'canary@shop.example', password: '' }],
    ['account', 'password', { email: 'canary@shop.example', password: 'canary'.repeat(50) }],
    ['account', 'password', { email: 'canary@shop.example', password: { canary: 1 } }],
    ['account', 'role', { email: 'canary@shop.example', password: 'canary', role: 'canary' }],
  ])('%s refuse a wrong %s: %j', async (step, field, body) => {
    await expectRefused(`setup/${step}`, body, field);
  });
});

describe('POST /device/v1/sessions', () => {
  const email = 'canary@shop.example';

  it.each([
    ['pin', {}],
    ['pin', { pin: '123' }],
    ['pin', { pin: '12345678901' }],
    ['pin', { pin: 4711 }],
    ['pin', { pin: 'canary' }],
    ['pin', { pin: '４７１１' }],
    ['pin', { pin: '4711\n' }],
    ['pin', { pin: null }],
    ['pin', { pin: '4711', email, password: 'canary' }],
    ['email', { pin: '4711', password: 'canary' }],
    ['email', { password: 'canary' }],
    ['email', { email: null, pin: '4711' }],
    ['password', { email }],
    ['password', { email, password: '' }],
    ['password', { email, password: null }],
    ['password', { email, password: ['canary'] }],
    ['mode', { pin: '4711', mode: 'canary' }],
  ])('refuses a wrong %s: %j', async (field, body) => {
    await expectRefused('sessions', body, field);
  });
});

describe('Every call of a device', () => {
  const email = 'somebody@shop.example';

  it.each([
    ['POST', 'setup', () => known.facts],
    ['POST', 'setup/network', () => ({ deviceTime: '2026-11-23T12:00:00Z' })],
    ['POST', 'setup/app', () => ({ appVersion: '1.10.0' })],
    ['POST', 'setup/account', () => ({ email, password: 'wrong' })],
    ['POST', 'sessions', () => ({ pin: '4711' })],
    ['POST', 'sessions/current/token', () => undefined],
    ['DELETE', 'sessions/current', () => undefined],
  ] as [Method, string, () => unknown][])('%s %s asks for a proof of its own', async (method, path, bodyOf) => {
    const body = bodyOf();
    const call = (headers: Record<string, string>) => known.call(method, path, { body, headers });
    const asked = registry.users.asked.length;
    expect(await call({})).toMatchObject(refused('invalid_proof'));
    expect(await call({ dpop: 'canary' })).toMatchObject(refused('invalid_proof'));
    expect(await call(await known.headers('GET', path))).toMatchObject(refused('invalid_proof'));
    expect(await call(await known.headers(method, 'elsewhere'))).toMatchObject(refused('invalid_proof'));
    expect(registry.users.asked).toHaveLength(asked);
  });

  it('takes a proof once', async () => {
    const headers = await known.headers('POST', 'setup/app');
    const call = () => known.call('POST', 'setup/app', { body: { appVersion: '1.10.0' }, headers });
    const answers = await Promise.all([call(), call(), call()]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await call()).toMatchObject(refused('invalid_proof'));
  });

  it('tells a device whose clock is wrong what time it is', async () => {
    const headers = await known.headers('POST', 'setup/network');
    registry.clock.forward({ seconds: 61 });
    const answer = await known.call('POST', 'setup/network', { body: { deviceTime: '2026-11-23T12:00:00Z' }, headers });
    const serverTime = registry.clock.now().toISOString();
    expect(answer).toMatchObject(refused('invalid_proof', { reason: 'clock', serverTime }));
  });
});

describe('GET /device/v1/keys', () => {
  it('gives everybody the public key, and nobody the private one', async () => {
    const answer = await registry.app.inject({ method: 'GET', url: '/device/v1/keys' });
    const { kty, crv, x, y, d } = registry.sessionKey;
    const kid = await calculateJwkThumbprint(registry.sessionKey);
    expect(answer.headers['cache-control']).toBe('public, max-age=60');
    expect(answer.json()).toEqual({ keys: [{ kty, crv, x, y, kid, alg: 'ES256', use: 'sig' }] });
    expect(answer.body).not.toContain(d);
    expect(answer.body).not.toContain(origin);
  });
});
