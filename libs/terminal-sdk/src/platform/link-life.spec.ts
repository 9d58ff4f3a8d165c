import { afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { deviceFrame } from '#terminal-protocol';
import { ToldLink } from '../../../../test/support/terminal-sdk/link.js';
import { first, noon } from '../../../../test/support/terminal-sdk/payments.js';
import { pass, useTestTimers } from '../../../../test/support/terminal-sdk/turns.js';
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

describe('the heartbeat', () => {
  it('says how the terminal is, first at any moment of the first interval, then each interval', async () => {
    jest.spyOn(Math, 'random').mockReturnValueOnce(0.5);
    const told = await ToldLink.ready(key);
    for (const [ms, beats] of [
      [4_999, 0],
      [1, 1],
      [9_999, 1],
      [1, 2],
    ] as const) {
      await pass(ms);
      expect(told.socket.types().filter((type) => type === 'heartbeat')).toHaveLength(beats);
      told.socket.says({ type: 'heartbeat.ack', serverTime: new Date(noon).toISOString() });
    }
    expect(deviceFrame.parse(told.socket.last('heartbeat'))).toMatchObject({
      screen: 'ready',
      battery: 80,
      network: 'wifi',
    });
    expect(told.ends).toEqual([]);
  });

  it('is followed by the next one when it is answered, by no timer that a timer has set', async () => {
    jest.spyOn(Math, 'random').mockReturnValueOnce(0.5);
    const told = await ToldLink.ready(key);
    await pass(5_000);
    expect(jest.getTimerCount()).toBe(1);
    await pass(4_000);
    told.socket.says({ type: 'heartbeat.ack', serverTime: new Date(noon).toISOString() });
    await pass(9_999);
    expect(told.socket.types().filter((type) => type === 'heartbeat')).toHaveLength(1);
    await pass(1);
    expect(told.socket.types().filter((type) => type === 'heartbeat')).toHaveLength(2);
  });

  it.each([10_000, 1_000])('without an answer cuts the link after five seconds (every %d ms)', async (everyMs) => {
    jest.spyOn(Math, 'random').mockReturnValueOnce(0);
    const told = await ToldLink.ready(key, everyMs);
    await pass(1);
    await pass(4_998);
    expect(told.ends).toEqual([]);
    await pass(2);
    expect(told.ends).toHaveLength(1);
  });
});

describe('the end of a link', () => {
  it('names the wait that the platform asked for', async () => {
    const told = await ToldLink.ready(key);
    await pass(1_000);
    told.socket.says({ type: 'reconnect', afterMs: 3_000, reason: 'drain' });
    expect(told.socket.closedWith).toBe(1000);
    expect(told.ends).toEqual([[1000, 1_000, 3_000]]);
  });

  it('comes at once, also when the other side has gone and does not answer', async () => {
    const told = await ToldLink.ready(key);
    told.socket.isDead = true;
    told.link.close(4000);
    expect(told.ends).toEqual([[4000, 0, null]]);
  });

  it('is told once, leaves no timer, and nothing is heard after it', async () => {
    const told = await ToldLink.ready(key);
    told.link.send(shown);
    const heard = told.frames.length;
    told.socket.ends(4409);
    told.socket.ends(1006);
    told.socket.ready(noon);
    expect(told.ends).toEqual([[4409, 0, null]]);
    expect(told.frames).toHaveLength(heard);
    expect(told.readies).toBe(1);
    expect(jest.getTimerCount()).toBe(0);
  });
});

describe('what the platform says', () => {
  it('that this app does not know is not for it', async () => {
    const told = await ToldLink.ready(key);
    const heard = told.frames.length;
    for (const text of ['{"type":"payment.loyalty","id":"1"}', 'no JSON', '[]']) told.socket.hears(text);
    expect(told.frames).toHaveLength(heard);
    expect(told.ends).toEqual([]);
  });
});
