import { afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { json, refusal, tokenUntil } from '../../../../test/support/terminal-sdk/fake-platform.js';
import { Online, tokenMs } from '../../../../test/support/terminal-sdk/online.js';
import { noon } from '../../../../test/support/terminal-sdk/payments.js';
import { pass, useTestTimers } from '../../../../test/support/terminal-sdk/turns.js';
import { DeviceKey } from './device-key.js';

const path = '/device/v1/sessions/current/token';
let key: DeviceKey;
let online: Online;
beforeAll(async () => {
  key = await DeviceKey.generate(false);
});
beforeEach(async () => {
  useTestTimers(noon);
  online = await Online.ready(key);
});
afterEach(() => {
  online.connector.switchOff();
  jest.useRealTimers();
});

/** Time passes on a link whose heartbeats are answered. */
const passOnLink = async (ms: number) => {
  for (let left = ms; left > 0; left -= 1_000) {
    await pass(Math.min(1_000, left));
    online.sockets.newest.says({ type: 'heartbeat.ack', serverTime: new Date().toISOString() });
  }
};
const sentTokens = () =>
  online.sockets.newest.sent.flatMap(({ type, sessionToken }) => (type === 'token' ? [sessionToken] : []));

describe('the token of a live link', () => {
  it('is renewed a minute before it expires, sent over the link, and kept', async () => {
    const next = tokenUntil(noon + 2 * tokenMs, 'next');
    online.platform.on(path, () => json({ sessionToken: next }));
    await passOnLink(tokenMs - 61_000);
    expect(online.platform.asked(path)).toHaveLength(0);
    await passOnLink(1_000);
    await online.asked(path);
    expect(sentTokens()).toEqual([next]);
    expect(online.kept).toEqual([next]);
    await passOnLink(tokenMs);
    await online.asked(path, 2);
    expect(online.sockets.made).toHaveLength(1);
  });

  it('is asked for again every five seconds while nobody answers', async () => {
    const next = tokenUntil(noon + 2 * tokenMs, 'next');
    const away = () => Promise.reject(new TypeError('fetch failed'));
    online.platform.on(path, away, away, () => json({ sessionToken: next }));
    await passOnLink(tokenMs - 60_000);
    for (const times of [1, 2]) {
      await online.asked(path, times);
      await passOnLink(5_000);
    }
    await online.asked(path, 3);
    expect(sentTokens()).toEqual([next]);
  });

  it('ends with its session, when the platform says that this is over', async () => {
    online.platform.on(path, () => refusal(401, 'session_ended'));
    await passOnLink(tokenMs - 60_000);
    await online.asked(path);
    expect(online.kept).toEqual([null]);
    expect(sentTokens()).toEqual([]);
  });

  it('stays what it was on a link of a locked terminal, which is told so there', async () => {
    online.platform.on(path, () => refusal(403, 'device_forbidden'));
    await passOnLink(tokenMs - 60_000);
    await online.asked(path);
    expect(online.kept).toEqual([]);
    expect(online.known).not.toHaveProperty('stopped');
  });
});
