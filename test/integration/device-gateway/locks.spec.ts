import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '#kernel';
import { eventually } from '../../support/eventually.js';
import { aGateway, aRequest, type TestGateway } from './support/a-gateway.js';
import type { TestSocket } from './support/a-socket.js';
import { aTerminal, connectionIdOf } from './support/a-terminal.js';

let gateway: TestGateway;
/** Lets a device end its payment for as long as it takes. */
let patient: TestGateway;
let socket: TestSocket;
let connectionId: string;

beforeAll(async () => {
  gateway = await aGateway({ limits: { endWithinMs: 400 } });
  patient = await aGateway({ limits: { endWithinMs: 60_000, aliveEveryMs: 600_000 } });
});
beforeEach(async () => {
  socket = await (await aTerminal(gateway)).connect();
  connectionId = await connectionIdOf(socket);
});
afterAll(() => Promise.all([gateway.stop(), patient.stop()]));

const lock = (reason = 'locked') => {
  gateway.say(connectionId, { type: 'lock', id: newId(), reason });
};
const typesOf = () => socket.frames.map(({ type }) => type);

/** A card is being charged. */
async function aPaymentUnderWay(): Promise<string> {
  const paymentId = newId();
  gateway.say(connectionId, aRequest(paymentId));
  socket.send({ type: 'payment.begin', id: newId(), paymentId, attempt: 1, tip: 0, entryMode: 'tap' });
  await socket.first('ack');
  return paymentId;
}

describe('a lock', () => {
  it('is said, with its reason, and ends the connection with 4403', async () => {
    lock('retired');
    expect((await socket.first('lock')).reason).toBe('retired');
    expect(await socket.closed()).toBe(4403);
  });

  it('waits for a card that is being charged', async () => {
    const paymentId = await aPaymentUnderWay();
    lock();
    gateway.say(connectionId, { type: 'payment.settled', id: newId(), paymentId });
    expect(await socket.closed()).toBe(4403);
    expect(typesOf().slice(-2)).toEqual(['payment.settled', 'lock']);
  });

  it('does not wait for a payment that ended before the broker confirmed its card', async () => {
    const waiting = await (await aTerminal(patient)).connect();
    const to = await connectionIdOf(waiting);
    const paymentId = newId();
    patient.say(to, aRequest(paymentId));
    patient.publisher.hold();
    waiting.send({ type: 'payment.begin', id: newId(), paymentId, attempt: 1, tip: 0, entryMode: 'tap' });
    await eventually('the gateway has it', () => patient.publisher.waiting > 0);
    patient.say(to, { type: 'payment.stop', id: newId(), paymentId, reason: 'cancelled' });
    patient.publisher.goOn();
    await waiting.first('ack');
    patient.say(to, { type: 'lock', id: newId(), reason: 'locked' });
    expect(await waiting.closed()).toBe(4403);
  });

  it('waits no longer than it may', async () => {
    await aPaymentUnderWay();
    lock();
    expect(await socket.closed()).toBe(4403);
    expect(typesOf().at(-1)).toBe('lock');
  });

  it('that still waits is taken back by an unlock', async () => {
    const paymentId = await aPaymentUnderWay();
    lock();
    gateway.say(connectionId, { type: 'unlock', id: newId(), reason: 'unlocked' });
    gateway.say(connectionId, { type: 'payment.settled', id: newId(), paymentId });
    await socket.first('payment.settled');
    socket.send({ type: 'heartbeat', id: newId(), screen: 'ready', battery: null, network: null });
    await socket.first('heartbeat.ack');
    expect(typesOf()).toContain('unlock');
    expect(typesOf()).not.toContain('lock');
  });

  it('is not taken back where the session has ended', async () => {
    const paymentId = await aPaymentUnderWay();
    gateway.say(connectionId, { type: 'session.end', id: newId(), reason: 'logged_out' });
    gateway.say(connectionId, { type: 'unlock', id: newId(), reason: 'unlocked' });
    gateway.say(connectionId, { type: 'payment.settled', id: newId(), paymentId });
    expect(await socket.closed()).toBe(4401);
  });
});
