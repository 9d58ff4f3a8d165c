import { afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { json, refusal, tokenUntil } from '../../../../test/support/terminal-sdk/fake-platform.js';
import { Online } from '../../../../test/support/terminal-sdk/online.js';
import { noon } from '../../../../test/support/terminal-sdk/payments.js';
import { pass, useTestTimers } from '../../../../test/support/terminal-sdk/turns.js';
import { DeviceKey } from './device-key.js';

const renewalPath = '/device/v1/sessions/current/token';
const locked = () => refusal(403, 'device_forbidden', { reason: 'locked' });
const retired = () => refusal(403, 'device_forbidden', { reason: 'retired' });
const unlocked = () => json({ sessionToken: tokenUntil(noon + 1_200_000, 'next') });
/** The most that a terminal lets pass before it asks again: the test's random number is 1. */
const askedAgainMs = 30_000;

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

describe('a terminal that is locked', () => {
  it('asks twice a minute whether it may come back, and comes back by itself', async () => {
    const online = await Online.ready(key);
    online.platform.on(renewalPath, locked, unlocked);
    online.sockets.newest.says({ type: 'lock', reason: 'locked' });
    online.sockets.newest.ends(4403);
    expect(online.known).toMatchObject({ stopped: 'forbidden', connected: false });
    await pass(askedAgainMs - 1);
    expect(online.platform.asked(renewalPath)).toEqual([]);
    await pass(1);
    await online.asked(renewalPath);
    expect(online.known).toMatchObject({ stopped: 'forbidden' });
    await pass(askedAgainMs);
    await online.asked(renewalPath, 2);
    await online.becomesReady();
    expect(online.known).toMatchObject({ stopped: null, connected: true });
    expect(online.sockets.made).toHaveLength(2);
  });

  it('while it was away hears of it when it renews its token', async () => {
    const online = await Online.ready(key);
    online.platform.on(renewalPath, locked);
    online.sockets.newest.ends(4401);
    await online.asked(renewalPath);
    expect(online.known).toMatchObject({ stopped: 'forbidden' });
    expect(online.sockets.made).toHaveLength(1);
  });

  it('asks no more when its session has ended meanwhile', async () => {
    const online = await Online.ready(key);
    online.platform.on(renewalPath, () => refusal(401, 'session_ended'));
    online.sockets.newest.ends(4403);
    await pass(askedAgainMs);
    await online.asked(renewalPath);
    expect(online.kept).toEqual([null]);
    await pass(10 * askedAgainMs);
    expect(online.platform.asked(renewalPath)).toHaveLength(1);
  });

  it('asks no more when it is switched off', async () => {
    const online = await Online.ready(key);
    online.sockets.newest.ends(4403);
    online.connector.switchOff();
    expect(jest.getTimerCount()).toBe(0);
  });
});

describe('a terminal that is retired', () => {
  it.each([
    [
      'on its connection',
      (online: Online) => {
        online.sockets.newest.says({ type: 'lock', reason: 'retired' });
        online.sockets.newest.ends(4403);
      },
    ],
    [
      'at its renewal',
      (online: Online) => {
        online.sockets.newest.ends(4401);
      },
    ],
  ])('and hears so %s, says so', async (_where, hears) => {
    const online = await Online.ready(key);
    online.platform.on(renewalPath, retired);
    hears(online);
    await pass(askedAgainMs);
    await online.asked(renewalPath);
    expect(online.known).toMatchObject({ stopped: 'retired' });
    expect(online.sockets.made).toHaveLength(1);
  });
});
