import type { Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../../support/eventually.js';
import { freePort } from '../../../scripts/free-port.mjs';
import { AnEndpoint } from './an-endpoint.js';
import * as receivers from './scripted-receiver.js';
import { type Behaviour, ScriptedReceiver, verifies } from './scripted-receiver.js';
import { HastySender, type Notifications, startNotifications } from './support.js';

let notifications: Notifications;
/** Its sender soon gives up. */
let hasty: Notifications;
let receiver: ScriptedReceiver;
beforeAll(async () => {
  [notifications, hasty] = [await startNotifications(), await startNotifications({ sender: HastySender })];
  receiver = await ScriptedReceiver.start();
});
afterAll(async () => {
  await notifications.stop();
  await hasty.stop();
  await receiver.stop();
});

async function delivered(behaviour: Behaviour, by = notifications): Promise<AnEndpoint> {
  const endpoint = await AnEndpoint.of(by, receiver);
  receiver.script(endpoint.path, behaviour);
  await by.append(endpoint.till.accountId, 'device.online');
  return endpoint;
}

describe('a webhook', () => {
  it('brings the event as the log has it, signed for both published verifiers, at once', async () => {
    const endpoint = await delivered(receivers.answers(200));
    const { state, attempts, messageId, request } = await endpoint.untilTried(1);
    const [logged] = await endpoint.till.log();
    const [received] = endpoint.requests;
    if (!received) throw new Error('nothing was received');
    expect(JSON.parse(received.text)).toEqual(logged);
    expect([received.id, received.text]).toEqual([messageId, request]);
    expect(received.headers).toMatchObject({
      'content-type': 'application/json',
      'webhook-id': `msg_${logged?.id.replaceAll('-', '')}`,
    });
    expect(verifies(endpoint.secret, received)).toBe(true);
    expect({ state, attempts }).toMatchObject({ state: 'delivered', attempts: [{ status: 200, problem: null }] });
  });

  it('that was changed by one byte, or is old, or is for another endpoint, is taken by neither verifier', async () => {
    const endpoint = await delivered(receivers.answers(200));
    await endpoint.untilTried(1);
    const [received] = endpoint.requests;
    if (!received) throw new Error('nothing was received');
    const { headers, text } = received;
    const other = await AnEndpoint.of(notifications, receiver);
    const old = String(Math.floor(Date.now() / 1_000) - 301);
    expect(verifies(endpoint.secret, { ...received, text: text.replace('1', '2') })).toBe(false);
    expect(verifies(endpoint.secret, { ...received, headers: { ...headers, 'webhook-timestamp': old } })).toBe(false);
    expect(verifies(endpoint.secret, { ...received, headers: { ...headers, 'webhook-id': 'msg_0' } })).toBe(false);
    expect(verifies(other.secret, received)).toBe(false);
  });

  it.each([200, 201, 204, 299])('that is answered with %i is delivered', async (status) => {
    const endpoint = await delivered(receivers.answers(status));
    expect(await endpoint.untilTried(1)).toMatchObject({ state: 'delivered', nextTryAt: null, attempts: [{ status }] });
  });

  it.each([301, 302, 307, 308, 400, 401, 404, 429, 500, 503])(
    'that is answered with %i is tried again',
    async (status) => {
      const location = receiver.url('/elsewhere');
      const endpoint = await delivered(receivers.answers(status, { location }));
      expect(await endpoint.untilTried(1)).toMatchObject({ state: 'pending', attempts: [{ status }] });
      expect(receiver.at('/elsewhere')).toEqual([]);
    },
  );

  it.each([
    ['hangs', receivers.hangs, 'no answer within 15 seconds'],
    ['resets the connection', receivers.resets, 'the connection was cut'],
    ['hangs up', receivers.hangsUp, 'the connection was cut'],
    ['switches to another protocol', receivers.switchesProtocol, 'the connection was cut'],
    ['talks nonsense', receivers.talksNonsense, 'the connection failed'],
  ])('whose receiver %s is tried again, and its log says why', async (_, behaviour, problem) => {
    const endpoint = await delivered(behaviour, hasty);
    const { state, attempts } = await endpoint.untilTried(1);
    expect({ state, attempts }).toMatchObject({ state: 'pending', attempts: [{ status: null, problem }] });
  });

  it('whose receiver never ends its answer is delivered: the answer is cut after a little of it', async () => {
    const sockets: (Socket | null)[] = [];
    const endpoint = await delivered((response) => {
      sockets.push(response.socket);
      receivers.talksOn(response);
    });
    expect(await endpoint.untilTried(1)).toMatchObject({ state: 'delivered' });
    await eventually('the connection is closed', () => sockets[0]?.destroyed === true);
    expect(sockets[0]?.bytesWritten).toBeLessThan(16 * 1024 * 1024);
  });

  it.each([
    ['is kept on one line', '{\n  "error": "no such till"\n}\n', '{ "error": "no such till" }'],
    ['is kept as far as it can be printed', 'caf\u00e9 \u0000\u202e\ud83d\ude00', 'café 😀'],
    ['is cut', 'x'.repeat(5_000), 'x'.repeat(1_024)],
    ['is cut within a letter', `${'x'.repeat(1_023)}é`, `${'x'.repeat(1_023)}\ufffd`],
    ['loses card numbers', 'refused 4242 4242 4242 4242', 'refused ****'],
    ['loses a card number that it is cut in', `${'x'.repeat(1_009)}4242424242424242`, 'x'.repeat(1_009)],
    ['is none where it is empty', ' \n ', null],
  ])('has an answer whose body %s', async (_, text, body) => {
    const endpoint = await delivered((response) => response.writeHead(422).end(text));
    expect((await endpoint.untilTried(1)).attempts).toMatchObject([{ status: 422, body }]);
  });

  it('has an answer whose body is left out where it is compressed', async () => {
    const endpoint = await delivered((response) => response.writeHead(422, { 'content-encoding': 'gzip' }).end('x'));
    expect((await endpoint.untilTried(1)).attempts).toMatchObject([{ status: 422, body: null }]);
  });

  it('has an answer whose body is waited for only a moment, and loses the digits that it broke off in', async () => {
    const endpoint = await delivered((response) => response.writeHead(422).write('refused\n4242 4242 4242 424'));
    // Long before it gives up.
    const attempts = await eventually(
      'it is written down',
      async () => {
        const [delivery] = await endpoint.deliveries();
        return delivery !== undefined && delivery.attempts.length > 0 && delivery.attempts;
      },
      10_000,
    );
    expect(attempts).toMatchObject([{ status: 422, body: 'refused' }]);
  });

  it('whose receiver is not there is tried again', async () => {
    const endpoint = await AnEndpoint.of(notifications, receiver);
    await endpoint.call('PATCH', '', { url: `http://127.0.0.1:${await freePort()}/` });
    await notifications.append(endpoint.till.accountId, 'device.online');
    const { attempts } = await endpoint.untilTried(1);
    expect(attempts).toMatchObject([{ status: null, problem: 'the connection was refused' }]);
  });

  it.each([
    ['seconds', () => '120', 120_000],
    ['a date', () => new Date(Date.now() + 120_000).toUTCString(), 110_000],
    ['less than the plan', () => '1', 5_000],
    ['a date that is over', () => 'Sun, 06 Nov 1994 08:49:37 GMT', 5_000],
    ['nonsense', () => 'soon', 5_000],
    ['years', () => '999999999', 12 * 3_600_000],
  ])('is tried again when the receiver says so: %s', async (_, retryAfter, least) => {
    const endpoint = await delivered(receivers.answers(503, { 'retry-after': retryAfter() }));
    const { nextTryAt } = await endpoint.untilTried(1);
    const pause = Date.parse(nextTryAt ?? '') - notifications.clock.now().getTime();
    expect(pause).toBeGreaterThanOrEqual(least);
    expect(pause).toBeLessThanOrEqual(least * 1.2 + 2_000);
  });
});
