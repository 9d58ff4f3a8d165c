import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '#kernel';
import { eventually } from '../../support/eventually.js';
import { aGateway, aRequest, type TestGateway } from './support/a-gateway.js';
import type { TestSocket } from './support/a-socket.js';
import { aTerminal, connectionIdOf, type TestTerminal } from './support/a-terminal.js';

let gateway: TestGateway;
let terminal: TestTerminal;
let socket: TestSocket;

beforeAll(async () => {
  gateway = await aGateway();
});
beforeEach(async () => {
  terminal = await aTerminal(gateway);
  socket = await terminal.connect();
});
afterAll(() => gateway.stop());

const heartbeat = (changes: object = {}) => ({
  type: 'heartbeat',
  id: newId(),
  screen: 'idle',
  battery: 80,
  network: 'wifi',
  ...changes,
});
const ofTerminal = (name: string) =>
  gateway.publisher
    .named(name)
    .map(({ data }) => data as Record<string, unknown>)
    .filter(({ deviceId }) => deviceId === terminal.deviceId);

describe('a bad message is answered, and then the connection is closed with 4400', () => {
  const paymentId = newId();
  const id = newId();
  const bad: [string, string, string, string | null][] = [
    ['no JSON', '{"type":', 'not_json', null],
    ['an array', '[]', 'not_json', null],
    ['null', 'null', 'not_json', null],
    ['a text', '"heartbeat"', 'not_json', null],
    ['two documents', '{}{}', 'not_json', null],
    ['nothing', '', 'not_json', null],
    ['something deep', '['.repeat(5_000), 'too_deep', null],
    ['no type', JSON.stringify({ id }), 'no_type', id],
    ['a type that is no text', JSON.stringify({ type: 1, id }), 'no_type', id],
    ['an unknown type', JSON.stringify({ type: 'payment.refund', id }), 'unknown_type', id],
    ['a message of the platform', JSON.stringify({ type: 'payment.settled', id, paymentId }), 'unknown_type', id],
    ['a type of the language', JSON.stringify({ type: 'constructor', id }), 'unknown_type', id],
    ['no id', JSON.stringify({ type: 'continue' }), 'invalid_field', null],
    ['an id that is no UUID', JSON.stringify({ type: 'continue', id: '1' }), 'invalid_field', null],
    ['an unknown field', JSON.stringify({ type: 'continue', id, code: 'X7KB' }), 'invalid_field', id],
    ['a missing field', JSON.stringify({ type: 'payment.shown', id, paymentId }), 'invalid_field', id],
    [
      'a negative attempt',
      JSON.stringify({ type: 'payment.not_started', id, paymentId, attempt: -1 }),
      'invalid_field',
      id,
    ],
    [
      'an attempt of 2^53',
      JSON.stringify({ type: 'payment.not_started', id, paymentId, attempt: 2 ** 53 }),
      'invalid_field',
      id,
    ],
    [
      'an infinite tip',
      `{"type":"payment.begin","id":"${id}","paymentId":"${paymentId}","attempt":1,"entryMode":"tap","tip":1e400}`,
      'invalid_field',
      id,
    ],
    ['a text that is too long', JSON.stringify(heartbeat({ id, screen: 'x'.repeat(41) })), 'invalid_field', id],
  ];
  it.each(bad)('%s', async (_what, text, code, of) => {
    socket.ws.send(text);
    expect(await socket.first('error')).toMatchObject({ code, of });
    expect(await socket.closed()).toBe(4400);
  });

  it('binary', async () => {
    socket.ws.send(Buffer.from(JSON.stringify(heartbeat())));
    expect(await socket.first('error')).toMatchObject({ code: 'not_text' });
    expect(await socket.closed()).toBe(4400);
  });

  it('and changes no prototype', async () => {
    socket.ws.send(`{"type":"continue","id":"${id}","__proto__":{"polluted":true}}`);
    await socket.closed();
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('and its value is never repeated', async () => {
    socket.ws.send(JSON.stringify(heartbeat({ network: '4111111111111111'.repeat(3) })));
    expect((await socket.first('error')).message).not.toContain('4111');
  });
});

describe('a heartbeat', () => {
  it('is answered with the time of the server', async () => {
    socket.send(heartbeat());
    const { serverTime } = await socket.first('heartbeat.ack');
    expect(Math.abs(Date.parse(serverTime) - Date.now())).toBeLessThan(5_000);
  });

  it('reports the status only when it changed', async () => {
    for (const changes of [{}, {}, { battery: 79 }, { battery: 79 }]) socket.send(heartbeat(changes));
    await eventually('four answers', () => socket.all('heartbeat.ack').length === 4);
    expect(ofTerminal('DeviceStatusReported').map(({ battery }) => battery)).toEqual([80, 79]);
  });

  it('is answered while the broker is away, and the status follows', async () => {
    gateway.publisher.failing = true;
    socket.send(heartbeat());
    await socket.first('heartbeat.ack');
    gateway.publisher.failing = false;
    socket.send(heartbeat());
    await eventually('the status is reported', () => ofTerminal('DeviceStatusReported').length === 1);
    expect(socket.code).toBeNull();
  });
});

describe('what a device reports becomes an event of its connection', () => {
  const paymentId = newId();
  const at = '2026-11-23T10:00:00.000Z';
  const result = {
    paymentId,
    attempt: 1,
    outcome: 'approved',
    amount: 1999,
    tip: 0,
    currency: 'CAD',
    entryMode: 'tap',
    card: { type: 'VI', firstSix: '411111', lastFour: '1111', holder: 'A CUSTOMER', token: 'tok_1' },
    approvalCode: '123456',
    declineReason: null,
  };
  const refused = { paymentId, attempt: 0, reason: 'busy', heldPaymentId: newId() };
  const begun = { paymentId, attempt: 1, tip: 100, entryMode: 'tap' };
  const attempt = { paymentId, attempt: 1 };
  const cancelled = { paymentId, attempt: 0, by: 'customer' };

  const money: [string, object, string, object][] = [
    ['payment.received', { paymentId, at }, 'PaymentReceivedOnDevice', { paymentId }],
    ['payment.shown', { paymentId, at }, 'PaymentShownOnDevice', { paymentId }],
    ['payment.refused', refused, 'PaymentRefusedByDevice', refused],
    ['payment.begin', begun, 'CardPresented', begun],
    ['payment.not_started', attempt, 'AttemptNotStarted', attempt],
    ['payment.result', result, 'PaymentResultReported', result],
    ['payment.cancelled', cancelled, 'PaymentCancelledOnDevice', cancelled],
  ];
  it.each(money)('%s, and is acknowledged', async (type, fields, event, data) => {
    const id = newId();
    socket.send({ type, id, ...fields });
    expect((await socket.first('ack')).of).toBe(id);
    const [reported] = gateway.publisher.named(event).filter((one) => one.accountId === terminal.accountId);
    expect(reported?.correlationId).toBe(paymentId);
    expect(reported?.data).toEqual({
      node: gateway.node,
      connectionId: await connectionIdOf(socket),
      deviceId: terminal.deviceId,
      accountId: terminal.accountId,
      sessionId: terminal.sessionId,
      sessionNumber: 1,
      connectSequence: 1,
      ...data,
    });
  });

  it('Continue and the shown ping, too', async () => {
    const pingId = newId();
    socket.send({ type: 'continue', id: newId() });
    socket.send({ type: 'ping.shown', id: newId(), pingId });
    await eventually('both are reported', () => ofTerminal('PingShown').length === 1);
    expect(ofTerminal('PingShown')[0]).toMatchObject({ pingId });
    expect(ofTerminal('DeviceContinued')).toHaveLength(1);
  });

  it('is acknowledged only when the broker has it', async () => {
    gateway.publisher.hold();
    socket.send({ type: 'payment.begin', id: newId(), ...begun });
    socket.ws.ping();
    await new Promise((resolve) => socket.ws.once('pong', resolve));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(socket.all('ack')).toHaveLength(0);
    gateway.publisher.goOn();
    await socket.first('ack');
  });

  it('is never acknowledged when the broker did not take it: the device is sent away with 4503', async () => {
    gateway.publisher.failing = true;
    socket.send({ type: 'payment.result', id: newId(), ...result });
    expect(await socket.closed()).toBe(4503);
    expect(socket.all('ack')).toHaveLength(0);
    gateway.publisher.failing = false;
    await eventually('its departure is reported', () => ofTerminal('DeviceDisconnected').length === 1);
  });

  it('one after another, in the order in which it came', async () => {
    const ids = Array.from({ length: 10 }, newId);
    for (const id of ids) socket.send({ type: 'payment.not_started', id, paymentId, attempt: 1 });
    await eventually('all are acknowledged', () => socket.all('ack').length === 10);
    expect(socket.all('ack').map(({ of }) => of)).toEqual(ids);
  });
});

describe('too much from one device', () => {
  it('a flood of messages is stopped with 4429 and a time to come back', async () => {
    for (let i = 0; i < 10_000; i += 1) socket.ws.send('x');
    expect(await socket.closed()).toBe(4429);
    expect(await socket.first('error')).toMatchObject({ code: 'too_fast' });
    expect(socket.all('reconnect')[0]?.afterMs).toBe(5_000);
  });

  it('a flood of pings, too', async () => {
    for (let i = 0; i < 60; i += 1) socket.ws.ping();
    expect(await socket.closed()).toBe(4429);
  });

  it('more than 16 messages that wait are stopped with 4429', async () => {
    gateway.publisher.hold();
    for (let i = 0; i < 17; i += 1) {
      socket.send({ type: 'payment.not_started', id: newId(), paymentId: newId(), attempt: 1 });
    }
    expect(await socket.closed()).toBe(4429);
    gateway.publisher.goOn();
  });

  it('does not slow down its neighbour', async () => {
    const neighbour = await (await aTerminal(gateway)).connect();
    for (let i = 0; i < 10_000; i += 1) socket.ws.send('x');
    neighbour.send(heartbeat());
    await neighbour.first('heartbeat.ack');
  });
});

describe('what the platform says to a connection', () => {
  it('arrives there', async () => {
    const request = aRequest();
    gateway.say(await connectionIdOf(socket), request);
    expect(await socket.first('payment.request')).toEqual(request);
  });

  it('is dropped when the connection is gone, or when it is no frame', async () => {
    gateway.say(newId(), aRequest());
    gateway.say(await connectionIdOf(socket), { ...aRequest(), amount: -1 });
    socket.send(heartbeat());
    await socket.first('heartbeat.ack');
    expect(socket.all('payment.request')).toHaveLength(0);
  });

  it('session.end ends it with 4401', async () => {
    gateway.say(await connectionIdOf(socket), { type: 'session.end', id: newId(), reason: 'logged_out' });
    expect((await socket.first('session.end')).reason).toBe('logged_out');
    expect(await socket.closed()).toBe(4401);
  });

  it('session.end waits for a card that is being charged', async () => {
    const connectionId = await connectionIdOf(socket);
    const paymentId = newId();
    gateway.say(connectionId, aRequest(paymentId));
    socket.send({ type: 'payment.begin', id: newId(), paymentId, attempt: 1, tip: 0, entryMode: 'tap' });
    await socket.first('ack');
    gateway.say(connectionId, { type: 'session.end', id: newId(), reason: 'logged_out' });
    socket.send(heartbeat());
    await socket.first('heartbeat.ack');
    expect(socket.all('session.end')).toHaveLength(0);
    gateway.say(connectionId, { type: 'payment.settled', id: newId(), paymentId });
    expect(await socket.closed()).toBe(4401);
    expect(socket.frames.map(({ type }) => type).slice(-2)).toEqual(['payment.settled', 'session.end']);
  });
});
