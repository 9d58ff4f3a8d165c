import { afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { json, refusal, tokenUntil } from '../../../../test/support/terminal-sdk/fake-platform.js';
import { Held } from '../../../../test/support/terminal-sdk/desk.js';
import { Online } from '../../../../test/support/terminal-sdk/online.js';
import { aResult, first, noon } from '../../../../test/support/terminal-sdk/payments.js';
import { pass, untilPassed, useTestTimers } from '../../../../test/support/terminal-sdk/turns.js';
import { DeviceKey } from './device-key.js';

const renewalPath = '/device/v1/sessions/current/token';
const nextToken = tokenUntil(noon + 1_200_000, 'next');
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

describe('a connection', () => {
  it('goes to the gateway of the session, with the next number of its connects', async () => {
    const online = await Online.ready(key);
    expect(online.sockets.newest.url).toBe(online.session.gatewayUrl);
    expect(online.sockets.newest.sent[0]).toMatchObject({
      type: 'authenticate',
      sessionToken: online.session.sessionToken,
      connectSequence: 1,
    });
    expect(online.known).toMatchObject({ connected: true, nextAttemptAt: null });
    expect(online.frames).toEqual(['hello', 'ready']);
  });

  it('that is lost ends the wait for a go-ahead and comes back by the policy, under the next number', async () => {
    const online = await Online.ready(key);
    await online.till.begin();
    online.sockets.newest.ends(1006);
    await pass(0);
    expect(online.till.log.at(-1)).toBe('not_started');
    expect(online.known).toMatchObject({ connected: false, listening: false, nextAttemptAt: noon + 1_000 });
    await pass(999);
    expect(online.sockets.made).toHaveLength(1);
    await pass(1);
    await online.becomesReady();
    expect(online.sockets.made).toHaveLength(2);
    expect(online.sockets.newest.sent[0]).toMatchObject({
      connectSequence: 2,
      unsettled: [{ stage: 'begun', attempt: 1 }],
    });
  });

  it('that cannot be made is tried again, later each time', async () => {
    const online = new Online(key);
    online.numbered = Promise.reject(new Error('the disk is full'));
    online.connector.start(online.session);
    await pass(1_000);
    expect(online.known).toMatchObject({ nextAttemptAt: noon + 1_000 + 2_000 });
    online.numbered = Promise.resolve();
    await pass(2_000);
    expect(online.sockets.made).toHaveLength(1);
  });

  it.each([
    ['another one took over', 4409, 31_000],
    ['the platform drains', 4503, 20_000],
    ['it was too fast', 4429, 20_000],
    ['a message was wrong', 4400, 16_000],
  ])('comes back in its time when %s', async (_, code, afterMs) => {
    const online = await Online.ready(key);
    online.sockets.newest.ends(code);
    expect(online.known.nextAttemptAt).toBe(noon + afterMs);
    await pass(afterMs);
    expect(online.sockets.made).toHaveLength(2);
  });

  it('comes back when the platform said', async () => {
    const online = await Online.ready(key);
    online.sockets.newest.says({ type: 'reconnect', afterMs: 3_000, reason: 'drain' });
    await pass(2_999);
    expect(online.sockets.made).toHaveLength(1);
    await pass(1);
    expect(online.sockets.made).toHaveLength(2);
  });

  it('is made at once when the network is back, and only where one was waited for', async () => {
    const online = await Online.ready(key);
    online.connector.hurry();
    await pass(0);
    expect(online.sockets.made).toHaveLength(1);
    online.sockets.newest.ends(1006);
    await pass(10);
    online.connector.hurry();
    await pass(1);
    expect(online.sockets.made).toHaveLength(2);
    await pass(2_000);
    expect(online.sockets.made).toHaveLength(2);
    // Nobody has said hello there.
    online.connector.hurry();
    await pass(1);
    expect(online.sockets.made).toHaveLength(3);
    online.connector.stop();
    online.connector.hurry();
    await pass(1);
    expect(online.sockets.made).toHaveLength(3);
  });

  it('that nobody answers counts as one that never came about, and the old address stays while nobody knows another', async () => {
    const online = new Online(key);
    online.platform.on(renewalPath, () => Promise.reject(new TypeError('fetch failed')));
    online.connector.start(online.session);
    for (const links of [1, 2, 3, 4]) {
      await untilPassed('a link is made', () => online.sockets.made.length === links);
      // No hello within five seconds; then the policy's pause.
      await pass(5_000 + 1_000 * 2 ** (links - 1));
    }
    await online.asked(renewalPath);
    await untilPassed('it tries again', () => online.sockets.made.length === 5);
    expect(online.sockets.newest.url).toBe(online.session.gatewayUrl);
  });

  it('that never comes about makes the terminal ask, at every fourth, where the gateway is by now', async () => {
    const online = new Online(key);
    const gatewayUrl = 'wss://moved.example/device/v1/connect';
    online.platform.on(renewalPath, () => json({ sessionToken: nextToken, gatewayUrl }));
    online.connector.start(online.session);
    for (const links of [1, 2, 3, 4]) {
      await untilPassed('a link is made', () => online.sockets.made.length === links);
      expect(online.platform.asked(renewalPath)).toEqual([]);
      online.sockets.newest.ends(1006);
      await pass(1_000 * 2 ** (links - 1));
    }
    await online.asked(renewalPath);
    await untilPassed('it goes to the new address', () => online.sockets.newest.url === gatewayUrl);
    expect(online.sockets.made).toHaveLength(5);
    expect(online.kept).toEqual([nextToken]);
  });

  it('says that the journal was lost until it was heard once', async () => {
    const online = new Online(key);
    online.till.lost = true;
    await online.till.desk.boot();
    online.connector.start(online.session);
    await online.becomesReady();
    expect(online.sockets.newest.sent[0]).toMatchObject({ journalLost: true });
    online.connector.drop();
    await pass(1_000);
    await online.becomesReady();
    expect(online.sockets.newest.sent[0]).not.toHaveProperty('journalLost');
  });
});

describe('a session that the gateway calls ended', () => {
  it('goes on at once with a new token, when there is one', async () => {
    const online = await Online.ready(key);
    online.platform.on(renewalPath, () => json({ sessionToken: nextToken }));
    online.sockets.newest.ends(4401);
    await online.asked(renewalPath);
    await online.becomesReady();
    expect(online.sockets.newest.sent[0]).toMatchObject({ sessionToken: nextToken });
    expect(online.kept).toEqual([nextToken]);
  });

  it.each(['session_ended', 'unknown_device'])('is over when the platform says so too: %s', async (code) => {
    const online = await Online.ready(key);
    online.platform.on(renewalPath, () => refusal(401, code));
    online.sockets.newest.ends(4401);
    await online.asked(renewalPath);
    expect(online.kept).toEqual([null]);
  });

  it('is kept while nobody answers, or a proxy does', async () => {
    const online = await Online.ready(key);
    const page = () => new Response('<html>', { status: 401 });
    online.platform.on(renewalPath, page);
    online.sockets.newest.ends(4401);
    await online.asked(renewalPath);
    expect(online.kept).toEqual([]);
    await pass(1_000);
    expect(online.sockets.made).toHaveLength(2);
  });
});

describe('a token that is refused although it is new', () => {
  it('is renewed by the policy, not as fast as the platform answers', async () => {
    const online = new Online(key);
    online.platform.on(renewalPath, () => json({ sessionToken: nextToken }));
    online.connector.start(online.session);
    await pass(0);
    online.sockets.newest.ends(4401);
    await online.asked(renewalPath);
    expect(online.sockets.made).toHaveLength(1);
    await pass(1_000);
    expect(online.sockets.made).toHaveLength(2);
  });
});

describe('a connection that is refused for good', () => {
  it('is not tried again: the version is not spoken', async () => {
    const online = await Online.ready(key);
    online.sockets.newest.ends(4406);
    await pass(600_000);
    expect(online.known).toMatchObject({ stopped: 'update_required', connected: false });
    expect(online.sockets.made).toHaveLength(1);
  });

  it('brings its results by HTTP', async () => {
    const online = await Online.ready(key);
    online.till.answers.push(aResult());
    await online.till.begin();
    await online.till.proceed();
    await pass(0);
    online.platform.on('/device/v1/results', () => json({ settled: [first] }));
    online.sockets.newest.ends(4403);
    await untilPassed('the result is settled', () => online.till.desk.unsettled.length === 0);
    expect(online.till.records.at(-1)).toEqual({ paymentId: first, stage: 'settled' });
  });
});

describe('the end of a session', () => {
  it('closes the connection, ends the wait for a go-ahead, and leaves no timer', async () => {
    const online = await Online.ready(key);
    await online.till.begin();
    online.connector.stop();
    await pass(0);
    expect(online.sockets.newest.closedWith).toBe(1000);
    expect(online.till.log.at(-1)).toBe('not_started');
    expect(online.known).toMatchObject({ connected: false, nextAttemptAt: null });
    expect(jest.getTimerCount()).toBe(0);
  });

  it('while a connection is being made makes none, and the next session has one', async () => {
    const online = new Online(key);
    const numbered = new Held<void>();
    online.numbered = numbered.promise;
    online.connector.start(online.session);
    online.connector.stop();
    online.connector.start(online.session);
    numbered.resolve();
    await pass(0);
    expect(online.sockets.made).toHaveLength(1);
  });

  it.each([
    ['a new token', () => json({ sessionToken: nextToken })],
    ['a lock', () => refusal(403, 'device_forbidden')],
    ['nothing that can be read', () => new Response('<html>', { status: 502 })],
  ])('while its token is renewed is the end, although the answer is %s', async (_, answer) => {
    const online = await Online.ready(key);
    const late = new Held<Response>();
    online.platform.on(renewalPath, () => late.promise);
    online.sockets.newest.ends(4401);
    await online.asked(renewalPath);
    online.connector.stop();
    late.resolve(answer());
    await pass(0);
    expect(jest.getTimerCount()).toBe(0);
    expect(online.known).not.toHaveProperty('stopped');
    expect(online.sockets.made).toHaveLength(1);
  });
});
