import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generateKeyPair, type JWTVerifyGetKey } from 'jose';
import { GatewayCounters } from '#device-gateway';
import { newId } from '#kernel';
import { eventually } from '../../support/eventually.js';
import { aGateway, type TestGateway } from './support/a-gateway.js';
import { openSocket } from './support/a-socket.js';
import { aTerminal, type AuthenticateWishes, type TestTerminal, type TokenWishes } from './support/a-terminal.js';

let gateway: TestGateway;
let terminal: TestTerminal;

beforeAll(async () => {
  // No signs of life: what is counted here is what a device caused.
  gateway = await aGateway({ limits: { aliveEveryMs: 600_000 } });
  terminal = await aTerminal(gateway);
});
afterAll(() => gateway.stop());

/** What the device is answered when this is wrong. */
async function refusal(wishes: AuthenticateWishes): Promise<{ code: string; message: string; closed: number }> {
  const socket = await openSocket(gateway);
  socket.send(await terminal.authenticate(socket, wishes));
  const { code, message } = await socket.first('error');
  return { code, message, closed: await socket.closed() };
}

const withToken = async (wishes: TokenWishes) => refusal({ frame: { sessionToken: await terminal.token(wishes) } });

describe('a device that proves itself', () => {
  it('is greeted with a challenge, reported with its journal, and then told that it is ready', async () => {
    const paymentId = newId();
    const socket = await terminal.connect({
      frame: { journalLost: true, unsettled: [{ paymentId, stage: 'result', attempt: 2 }] },
    });
    const hello = await socket.first('hello');
    expect(hello.heartbeatMs).toBe(10_000);
    expect(socket.frames.map(({ type }) => type)).toEqual(['hello', 'ready']);
    const connection = {
      node: gateway.node,
      connectionId: hello.connectionId,
      deviceId: terminal.deviceId,
      accountId: terminal.accountId,
      sessionId: terminal.sessionId,
      sessionNumber: 1,
      connectSequence: terminal.connectSequence,
    };
    const [connected] = gateway.publisher.named('DeviceConnected');
    expect(connected).toMatchObject({ accountId: terminal.accountId, aggregateId: null, sequence: null });
    expect(connected?.data).toEqual({
      ...connection,
      appVersion: '1.0.0',
      bootId: terminal.bootId,
      screen: 'idle',
    });
    expect(gateway.publisher.named('DeviceJournalReported')[0]?.data).toEqual({
      ...connection,
      journalLost: true,
      unsettled: [{ paymentId, stage: 'result', attempt: 2 }],
    });
  });

  it('may name the gateway by its WebSocket origin', async () => {
    const socket = await terminal.connect({ proof: { origin: gateway.origin.replace('http', 'ws') } });
    expect(socket.all('ready')).toHaveLength(1);
  });

  it('is not ready while the broker has not confirmed, and mail for it waits', async () => {
    gateway.publisher.hold();
    const socket = await openSocket(gateway);
    terminal.connectSequence += 1;
    socket.send(await terminal.authenticate(socket));
    const { connectionId } = await socket.first('hello');
    await eventually('the device is known', () => gateway.links.find(connectionId)?.session != null);
    gateway.say(connectionId, { type: 'display', id: newId(), text: 'early', seconds: 1 });
    expect(socket.all('ready')).toHaveLength(0);
    gateway.publisher.goOn();
    await socket.first('display');
    expect(socket.frames.map(({ type }) => type)).toEqual(['hello', 'ready', 'display']);
  });

  it('is sent away with 4503 when the platform cannot hear of it', async () => {
    const socket = await openSocket(gateway);
    terminal.connectSequence += 1;
    const authenticate = await terminal.authenticate(socket);
    gateway.publisher.failing = true;
    socket.send(authenticate);
    expect((await socket.first('error')).code).toBe('unavailable');
    expect(await socket.closed()).toBe(4503);
    gateway.publisher.failing = false;
  });
});

describe('a device that does not prove itself gets one same answer', () => {
  let eventsBefore = 0;
  beforeAll(() => {
    eventsBefore = gateway.publisher.events.length;
  });
  const uniform = {
    code: 'unauthenticated',
    message: 'the session token and the proof do not open this connection',
    closed: 4401,
  };
  const other = () => generateKeyPair('ES256');

  const tokens: [string, () => Promise<TokenWishes>][] = [
    ['signed by somebody else', async () => ({ key: (await other()).privateKey })],
    ['of a key that the platform does not have', () => Promise.resolve({ kid: 'two' })],
    ['signed with HS256', () => Promise.resolve({ alg: 'HS256', key: new Uint8Array(32) })],
    ['that expired', () => Promise.resolve({ expiresInSeconds: -1 })],
    ['for somebody else to read', () => Promise.resolve({ audience: 'console' })],
    ['of another issuer', () => Promise.resolve({ issuer: 'somebody' })],
    ['without a key of the device', () => Promise.resolve({ claims: { cnf: {} } })],
    ['with a key that is no point of the curve', () => Promise.resolve({ claims: { cnf: { jwk: zeroKey } } })],
  ];
  it.each(tokens)('for a token %s', async (_what, wishes) => {
    expect(await withToken(await wishes())).toEqual(uniform);
  });

  it('for a token without a signature', async () => {
    const [, payload = ''] = (await terminal.token()).split('.');
    const header = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
    expect(await refusal({ frame: { sessionToken: `${header}.${payload}.` } })).toEqual(uniform);
  });

  it('for a token that is no token, and one of 4 kB', async () => {
    expect(await refusal({ frame: { sessionToken: 'a.b.c' } })).toEqual(uniform);
    expect(await refusal({ frame: { sessionToken: 'x'.repeat(4096) } })).toEqual(uniform);
  });

  const proofs: [string, () => Promise<AuthenticateWishes>][] = [
    ['by another key than the token names', async () => ({ proofKey: (await other()).privateKey })],
    ['over another nonce', () => Promise.resolve({ proof: { nonce: 'stale' } })],
    ['over another connection', () => Promise.resolve({ proof: { connectionId: newId() } })],
    ['for another host', () => Promise.resolve({ proof: { origin: 'https://evil.example' } })],
    ['over another connect count', () => Promise.resolve({ proof: { connectSequence: 99 } })],
    ['over another boot', () => Promise.resolve({ proof: { bootId: newId() } })],
    ['that is none', () => Promise.resolve({ frame: { proof: 'nonsense' } })],
  ];
  it.each(proofs)('for a proof %s', async (_what, wishes) => {
    terminal.connectSequence += 1;
    expect(await refusal(await wishes())).toEqual(uniform);
  });

  it('for an authentication that was recorded on another connection', async () => {
    terminal.connectSequence += 1;
    const listenedTo = await openSocket(gateway);
    const recorded = await terminal.authenticate(listenedTo);
    const replay = await openSocket(gateway);
    replay.send(recorded);
    expect(await replay.closed()).toBe(4401);
  });

  it('and is counted, and reported to nobody', () => {
    expect(gateway.publisher.events).toHaveLength(eventsBefore);
    expect(gateway.app.get(GatewayCounters).refusals.get('unauthenticated')).toBeGreaterThan(15);
  });
});

describe('before authentication', () => {
  it('any other message is refused with 4401', async () => {
    for (const message of [
      { type: 'heartbeat', screen: 'idle', battery: null, network: null },
      { type: 'continue' },
      { type: 'payment.shown', paymentId: newId(), at: new Date().toISOString() },
    ]) {
      const socket = await openSocket(gateway);
      const id = newId();
      socket.send({ ...message, id });
      expect(await socket.first('error')).toMatchObject({ code: 'not_authenticated', of: id });
      expect(await socket.closed()).toBe(4401);
    }
  });

  it('an oversized token is a bad message', async () => {
    expect((await refusal({ frame: { sessionToken: 'x'.repeat(4097) } })).closed).toBe(4400);
  });

  it('a second authentication is a fault of the protocol', async () => {
    const socket = await terminal.connect();
    socket.send(await terminal.authenticate(socket));
    expect((await socket.first('error')).code).toBe('already_authenticated');
    expect(await socket.closed()).toBe(4400);
  });
});

describe('a gateway that cannot have the keys of the platform', () => {
  it('says 4503 and blames no device', async () => {
    const sessionKeys: JWTVerifyGetKey = () => Promise.reject(new TypeError('fetch failed'));
    const lonely = await aGateway({ sessionKeys });
    const device = await aTerminal(lonely);
    device.connectSequence = 1;
    const socket = await openSocket(lonely);
    socket.send(await device.authenticate(socket));
    expect((await socket.first('error')).code).toBe('unavailable');
    expect(await socket.closed()).toBe(4503);
    await lonely.stop();
  });
});

const zeroKey = { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) };
