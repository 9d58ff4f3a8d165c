import { afterEach, describe, expect, it } from '@jest/globals';
import type { DomainEvent } from '#contracts';
import type { GatewayLimits } from '#device-gateway';
import { newId } from '#kernel';
import { eventually } from '../../support/eventually.js';
import { aGateway, aRequest, type TestGateway } from './support/a-gateway.js';
import { openSocket, type TestSocket } from './support/a-socket.js';
import { aTerminal, connectionIdOf } from './support/a-terminal.js';

let gateway: TestGateway;
const start = async (limits: Partial<GatewayLimits> = {}): Promise<TestGateway> =>
  (gateway = await aGateway({ limits }));
afterEach(() => gateway.stop());

const sequences = (events: readonly DomainEvent[]) =>
  events.map(({ data }) => (data as { connectSequence: number }).connectSequence);
const heartbeat = (socket: TestSocket) => {
  socket.send({ type: 'heartbeat', id: newId(), screen: 'idle', battery: null, network: null });
};

describe('takeover', () => {
  it('closes the older connection with 4409, and only the newer one is the device', async () => {
    await start();
    const terminal = await aTerminal(gateway);
    const older = await terminal.connect();
    const newer = await terminal.connect();
    expect(await older.closed()).toBe(4409);
    heartbeat(newer);
    await newer.first('heartbeat.ack');
    expect(sequences(gateway.publisher.named('DeviceConnected'))).toEqual([1, 2]);
    expect(gateway.publisher.named('DeviceDisconnected')).toHaveLength(0);
    expect(gateway.links.count).toBe(1);
  });

  it('at another gateway closes the connection with 4409, also while a card is being charged', async () => {
    await start();
    const older = await (await aTerminal(gateway)).connect();
    const to = await connectionIdOf(older);
    const paymentId = newId();
    gateway.say(to, aRequest(paymentId));
    older.send({ type: 'payment.begin', id: newId(), paymentId, attempt: 1, tip: 0, entryMode: 'tap' });
    await older.first('ack');
    gateway.say(to, { type: 'error', id: newId(), code: 'superseded', message: 'a newer one is open', of: null });
    expect((await older.first('error')).code).toBe('superseded');
    expect(await older.closed()).toBe(4409);
  });

  it('does not let an older connection in, whenever it comes', async () => {
    await start();
    const terminal = await aTerminal(gateway);
    terminal.connectSequence = 5;
    const newer = await terminal.connect();
    terminal.connectSequence = 3;
    const late = await openSocket(gateway);
    late.send(await terminal.authenticate(late));
    expect((await late.first('error')).code).toBe('superseded');
    expect(await late.closed()).toBe(4409);
    heartbeat(newer);
    await newer.first('heartbeat.ack');
    expect(sequences(gateway.publisher.named('DeviceConnected'))).toEqual([6]);
    expect(gateway.publisher.named('DeviceDisconnected')).toHaveLength(0);
  });

  it('lets a new log-in win over any connect count', async () => {
    await start();
    const terminal = await aTerminal(gateway);
    terminal.connectSequence = 50;
    const older = await terminal.connect();
    terminal.sessionNumber = 2;
    terminal.sessionId = newId();
    terminal.connectSequence = 0;
    await terminal.connect();
    expect(await older.closed()).toBe(4409);
  });

  it('a close removes only its own connection', async () => {
    await start();
    const terminal = await aTerminal(gateway);
    const older = await terminal.connect();
    const newer = await terminal.connect();
    await older.closed();
    gateway.say(await connectionIdOf(newer), { type: 'display', id: newId(), text: 'still here', seconds: 1 });
    await newer.first('display');
    newer.ws.close(1000);
    await eventually(
      'the newer one is reported as gone',
      () => gateway.publisher.named('DeviceDisconnected').length > 0,
    );
    expect(sequences(gateway.publisher.named('DeviceDisconnected'))).toEqual([2]);
  });
});

describe('a link without life', () => {
  it('that is silent for two intervals is cut and reported', async () => {
    await start();
    const socket = await (await aTerminal(gateway)).connect();
    Object.assign(gateway.limits, { heartbeatMs: 200 });
    await eventually('it is cut', () => socket.code === 1006);
    expect(gateway.publisher.named('DeviceDisconnected')[0]?.data).toMatchObject({ closeCode: 1006 });
  });

  it('is not one that sends its heartbeats', async () => {
    await start({ heartbeatMs: 10_000 });
    const socket = await (await aTerminal(gateway)).connect();
    const link = gateway.links.find(await connectionIdOf(socket));
    if (!link) throw new Error('the gateway does not know the link');
    // Three times 12 s, as the gateway counts them: more than the 20 s that it waits for a sign of life.
    for (let i = 0; i < 3; i += 1) {
      link.heardAt -= 12_000;
      heartbeat(socket);
      await eventually('the answer', () => socket.all('heartbeat.ack').length > i);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(socket.code).toBeNull();
  });

  it('that never authenticates is closed with 4408', async () => {
    await start({ authenticateWithinMs: 100 });
    const socket = await openSocket(gateway);
    expect((await socket.first('error')).code).toBe('authentication_too_slow');
    expect(await socket.closed()).toBe(4408);
    expect(gateway.publisher.named('DeviceDisconnected')).toHaveLength(0);
  });

  it('is reported again until the broker takes it', async () => {
    await start({ aliveEveryMs: 100 });
    const terminal = await aTerminal(gateway);
    const socket = await terminal.connect();
    gateway.publisher.failing = true;
    socket.ws.terminate();
    await eventually('the gateway noticed', () => gateway.links.count === 0);
    gateway.publisher.failing = false;
    await eventually('it is reported', () => gateway.publisher.named('DeviceDisconnected').length === 1);
  });
});

describe('the token of a live link', () => {
  it('ends it with 4401 when it expired long enough ago', async () => {
    await start({ tokenGraceMs: 500 });
    const terminal = await aTerminal(gateway);
    const socket = await terminal.connect({ frame: { sessionToken: await terminal.token({ expiresInSeconds: 6 }) } });
    expect((await socket.first('error')).code).toBe('token_expired');
    expect(await socket.closed()).toBe(4401);
  });

  it('may be renewed, and the link lives on', async () => {
    await start({ tokenGraceMs: 200 });
    const terminal = await aTerminal(gateway);
    const socket = await terminal.connect({ frame: { sessionToken: await terminal.token({ expiresInSeconds: 6 }) } });
    socket.send({ type: 'token', id: newId(), sessionToken: await terminal.token() });
    const link = gateway.links.find(await connectionIdOf(socket));
    await eventually('the new one counts', () => (link?.session?.tokenExpiresAt ?? 0) > Date.now() / 1000 + 500);
    await new Promise((resolve) => setTimeout(resolve, 6_500));
    expect(socket.code).toBeNull();
  });

  it('is not renewed by a token of another device, session or key', async () => {
    await start();
    const other = await aTerminal(gateway);
    for (const wrong of ['device', 'session', 'key', 'signature']) {
      const terminal = await aTerminal(gateway);
      const socket = await terminal.connect();
      const tokens: Record<string, () => Promise<string>> = {
        device: () => other.token(),
        session: () => terminal.token({ claims: { session: newId() } }),
        key: () => terminal.token({ claims: { cnf: { jwk: other.publicKey } } }),
        signature: () => terminal.token({ key: other.key }),
      };
      socket.send({ type: 'token', id: newId(), sessionToken: await tokens[wrong]?.() });
      expect((await socket.first('error')).code).toBe('unauthenticated');
      expect(await socket.closed()).toBe(4401);
    }
  });
});

describe('a node', () => {
  it('says that it lives, from its start on', async () => {
    await start({ aliveEveryMs: 50 });
    await eventually('three signs of life', () => gateway.publisher.named('GatewayAlive').length >= 3);
    expect(gateway.publisher.named('GatewayAlive')[0]).toMatchObject({ accountId: null, data: { node: gateway.node } });
  });

  it('says again whom it holds when the broker comes back, in parts', async () => {
    await start({ aliveEveryMs: 50, heldPerMessage: 2 });
    const terminals = await Promise.all([1, 2, 3].map(() => aTerminal(gateway)));
    for (const terminal of terminals) await terminal.connect();
    await openSocket(gateway);
    expect(gateway.publisher.named('DevicesHeld')).toHaveLength(0);
    gateway.publisher.reconnect();
    await eventually('all are announced', () => gateway.publisher.named('DevicesHeld').length === 2);
    const held = gateway.publisher
      .named('DevicesHeld')
      .map(({ data }) => data as { connections: { deviceId: string }[] });
    expect(held.map(({ connections }) => connections.length)).toEqual([2, 1]);
    const devices = held.flatMap(({ connections }) => connections.map(({ deviceId }) => deviceId));
    expect(devices.sort()).toEqual(terminals.map(({ deviceId }) => deviceId).sort());
  });

  it('says of each device from time to time that it holds it', async () => {
    await start({ aliveEveryMs: 50, heldEveryMs: 300 });
    await (await aTerminal(gateway)).connect();
    await eventually('it said so twice', () => gateway.publisher.named('DevicesHeld').length >= 2);
    const [first = 0, second = 0] = gateway.publisher
      .named('DevicesHeld')
      .map(({ occurredAt }) => Date.parse(occurredAt));
    // Two clocks are compared: one counts whole milliseconds.
    expect(second - first).toBeGreaterThanOrEqual(295);
  });
});
