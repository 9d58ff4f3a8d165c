import { afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { connectionProof, deviceFrame } from '#terminal-protocol';
import { importJWK, jwtVerify } from 'jose';
import { introduction, ToldLink } from '../../../../test/support/terminal-sdk/link.js';
import { first, idOf, noon, RuledPayments } from '../../../../test/support/terminal-sdk/payments.js';
import { pass, useTestTimers } from '../../../../test/support/terminal-sdk/turns.js';
import { unsettled } from '../payments/payment-rules.js';
import { DeviceKey } from './device-key.js';

let key: DeviceKey;
beforeAll(async () => {
  key = await DeviceKey.generate(false);
});
beforeEach(() => {
  useTestTimers(noon);
});
afterEach(() => {
  jest.useRealTimers();
});

const shown = { type: 'payment.shown', paymentId: first, at: new Date(noon).toISOString() } as const;

describe('a new connection', () => {
  it('speaks terminal.v1, and answers hello with a proof for this connection of this host', async () => {
    const told = new ToldLink(key);
    expect(told.socket.subProtocol).toBe('terminal.v1');
    await told.introduced();
    const frame = deviceFrame.parse(told.socket.sent[0]);
    if (frame.type !== 'authenticate') throw new Error('something else came first');
    const { payload } = await jwtVerify(frame.proof, await importJWK(key.publicJwk, 'ES256'));
    const { bootId, connectSequence } = introduction;
    expect(connectionProof.parse(payload)).toEqual({
      ...{ nonce: 'nonce', connectionId: idOf(901), origin: 'https://gateway.example' },
      ...{ bootId, connectSequence },
    });
    expect(frame).toMatchObject({ sessionToken: 'token', bootId, connectSequence: 7, screen: 'ready', unsettled: [] });
    expect(frame).not.toHaveProperty('journalLost');
  });

  it('says what is not settled, the first 32 at most, and whether the journal was lost', async () => {
    const till = new RuledPayments();
    for (let number = 1; number <= 40; number += 1) {
      till.request({ paymentId: idOf(number) });
      till.cancel('staff');
    }
    const told = new ToldLink(key, { unsettled: unsettled(till.payments), journalLost: true });
    await told.introduced();
    const frame = deviceFrame.parse(told.socket.sent[0]);
    expect(frame).toMatchObject({ journalLost: true });
    expect(frame).toHaveProperty('unsettled.length', 32);
    expect(frame).toHaveProperty('unsettled.0', { paymentId: idOf(1), stage: 'cancelled', attempt: 0 });
  });

  it('takes no message before it is ready: nothing waits in memory', async () => {
    const told = new ToldLink(key);
    expect(told.link.send(shown)).toBe(false);
    await told.introduced();
    expect(told.link.send(shown)).toBe(false);
    told.socket.ready(noon);
    expect(told.readies).toBe(1);
    expect(told.link.send(shown)).toBe(true);
    expect(told.socket.types()).toEqual(['authenticate', 'payment.shown']);
  });

  it('introduces the terminal once', async () => {
    const told = await ToldLink.ready(key);
    told.socket.hello(noon);
    await pass(0);
    expect(told.socket.types()).toEqual(['authenticate']);
  });

  it.each(['hello', 'ready'])('is cut when %s stays out for five seconds', async (what) => {
    const told = new ToldLink(key);
    if (what === 'ready') told.socket.hello(noon);
    await pass(4_999);
    expect(told.ends).toEqual([]);
    await pass(1);
    expect(told.ends).toEqual([[4000, 0, null]]);
  });
});

describe('a message about money', () => {
  it('that is not acknowledged within five seconds cuts the link', async () => {
    const told = await ToldLink.ready(key);
    told.link.send(shown);
    await pass(4_999);
    expect(told.link.isReady).toBe(true);
    await pass(1);
    expect(told.link.isReady).toBe(false);
    expect(told.ends).toEqual([[4000, 5_000, null]]);
    expect(told.link.send(shown)).toBe(false);
  });

  it('is done with its own acknowledgement, and with no other', async () => {
    const told = await ToldLink.ready(key, 60_000);
    told.link.send(shown);
    const { id } = told.socket.last('payment.shown') ?? {};
    told.socket.says({ type: 'ack', of: String(id) });
    await pass(5_000);
    expect(told.link.isReady).toBe(true);
    told.link.send(shown);
    told.socket.says({ type: 'ack', of: idOf(7) });
    await pass(5_000);
    expect(told.link.isReady).toBe(false);
  });

  it('is the only one that is waited for', async () => {
    const told = await ToldLink.ready(key, 60_000);
    told.link.send({ type: 'continue' });
    await pass(5_000);
    expect(told.link.isReady).toBe(true);
  });
});
