import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pLimit from 'p-limit';
import { publicEventTypes } from '#notifications';
import { ForgetOld } from '../../../libs/notifications/src/application/forget-old.js';
import { ATill, upTo } from './a-till.js';
import { AnEndpoint } from './an-endpoint.js';
import { answers, ScriptedReceiver } from './scripted-receiver.js';
import { type Notifications, startNotifications } from './support.js';

const url = 'http://127.0.0.1:9/hooks';
let notifications: Notifications;
let receiver: ScriptedReceiver;
beforeAll(async () => {
  notifications = await startNotifications();
  receiver = await ScriptedReceiver.start();
});
afterAll(async () => {
  await notifications.stop();
  await receiver.stop();
});

describe('/v2/webhooks', () => {
  it('makes an endpoint for the two compatible types, and shows its secret this once', async () => {
    const till = new ATill(notifications);
    const { status, body } = await till.call('POST', '/v2/webhooks', { url });
    const { secret, ...shown } = body;
    expect(status).toBe(201);
    expect(shown).toEqual({
      ...{ id: expect.any(String), url, description: '', types: ['cardTransaction', 'terminalCancel'] },
      ...{ enabled: true, disabledReason: null, failingSince: null },
      createdAt: notifications.clock.now().toISOString(),
    });
    expect(Buffer.from(String(secret), 'base64')).toHaveLength(32);
    expect((await till.call('GET', '/v2/webhooks')).body).toEqual({ data: [shown], next: null });
    expect((await till.call('GET', `/v2/webhooks/${String(shown.id)}`)).body).toEqual(shown);
  });

  it('changes what is named and leaves the rest', async () => {
    const endpoint = await AnEndpoint.of(notifications, receiver);
    const before = await endpoint.state();
    const change = { description: 'Back office', types: ['payment.approved'] };
    expect((await endpoint.call('PATCH', '', change)).body).toEqual({ ...before, ...change });
    expect((await endpoint.call('PATCH', '', {})).body).toEqual({ ...before, ...change });
  });

  it('removes an endpoint with its deliveries', async () => {
    const endpoint = await AnEndpoint.of(notifications, receiver);
    receiver.script(endpoint.path, answers(500));
    await notifications.append(endpoint.till.accountId, 'device.online');
    await endpoint.untilTried(1);
    expect((await endpoint.call('DELETE')).status).toBe(204);
    expect(await endpoint.call('GET')).toMatchObject({ status: 418, body: { code: 'webhook_not_found' } });
    const left = 'SELECT 1 FROM notifications.delivery WHERE webhook_id = $1';
    expect(await notifications.query(left, [endpoint.id])).toEqual([]);
  });

  it('tells the other contexts who did what to an endpoint, and never its address or secret', async () => {
    const endpoint = await AnEndpoint.of(notifications, receiver);
    await endpoint.call('PATCH', '', { description: 'Back office' });
    await endpoint.call('PATCH', '', {});
    await endpoint.call('POST', '/rotate-secret');
    await endpoint.call('DELETE');
    const told = notifications.told.filter(({ accountId }) => accountId === endpoint.till.accountId);
    const { host } = new URL(receiver.url('/'));
    expect(told.map(({ data }) => data)).toEqual(
      ['created', 'changed', 'secret_rotated', 'removed'].map((change) => ({
        ...{ accountId: endpoint.till.accountId, webhookId: endpoint.id, change, host },
        by: { kind: 'api_access', id: expect.any(String), name: 'Front till' },
      })),
    );
  });

  it.each([
    ...[
      {},
      { url: 7 },
      { url: null },
      { url, types: [] },
      { url, types: ['payment.paid'] },
      { url, types: 'device.online' },
    ],
    ...[
      { url, types: null },
      { url, types: [null] },
      { url, description: null },
      { url, description: 7 },
    ],
    ...[
      { url, types: ['device.online', 'device.online'] },
      { url, description: 'x'.repeat(201) },
      { url, description: 'a\0b' },
    ],
    ...[{ url, secret: 'mine' }, { url, enabled: false }, [], 'text'],
  ])('does not make an endpoint of %j', async (body) => {
    const { status, body: answer } = await new ATill(notifications).call('POST', '/v2/webhooks', body);
    expect([status === 418 ? answer.code : status]).toEqual([expect.stringMatching(/^invalid_(request|field)$/)]);
  });

  it.each([
    { enabled: null },
    { enabled: 'true' },
    { types: null },
    { description: null },
    { url: null },
    { id: randomUUID() },
  ])('does not change an endpoint by %j', async (body) => {
    const endpoint = await AnEndpoint.of(notifications, receiver);
    const before = await endpoint.state();
    expect((await endpoint.call('PATCH', '', body)).body).toMatchObject({ code: expect.stringMatching(/^invalid_/) });
    expect(await endpoint.state()).toEqual(before);
  });

  it('holds 20 endpoints for an account, also when they are made at once', async () => {
    const till = new ATill(notifications);
    const places = pLimit(15);
    const made = await Promise.all(upTo(25).map(() => places(() => till.call('POST', '/v2/webhooks', { url }))));
    const refused = made.filter(({ status }) => status !== 201);
    expect(refused.map(({ body }) => body.code)).toEqual(upTo(5).map(() => 'too_many_webhooks'));
    expect((await till.call<{ data: unknown[] }>('GET', '/v2/webhooks')).body.data).toHaveLength(20);
    expect((await new ATill(notifications).call('POST', '/v2/webhooks', { url })).status).toBe(201);
  });

  it('takes every public type', async () => {
    const types = [...publicEventTypes];
    expect((await new ATill(notifications).call('POST', '/v2/webhooks', { url, types })).body).toMatchObject({ types });
  });
});

describe('the endpoint of another account', () => {
  const doors = [
    ...[
      ['GET', ''],
      ['PATCH', ''],
      ['DELETE', ''],
      ['POST', '/rotate-secret'],
      ['GET', '/deliveries'],
      ['POST', '/test'],
    ],
    ...[
      ['POST', '/redeliver'],
      ['POST', '/deliveries/1/redeliver'],
    ],
  ] as const;

  it.each(doors)('%s /v2/webhooks/{id}%s is the same as none, and as what is no id', async (method, door) => {
    const { id } = await AnEndpoint.of(notifications, receiver);
    const stranger = new ATill(notifications);
    const body = door === '/redeliver' ? { from: '2026-01-01T00:00:00Z' } : method === 'PATCH' ? {} : undefined;
    const answers = [];
    for (const one of [id, randomUUID(), 'x', '%00', "'--", `${id}0`])
      answers.push(await stranger.call(method, `/v2/webhooks/${one}${door}`, body));
    const notFound = { code: 'webhook_not_found', message: 'Webhook Not Found', facts: {} };
    for (const answer of answers) expect(answer).toEqual({ status: 418, body: notFound });
  });

  it('hears nothing of what happens in this one', async () => {
    const [endpoint, other] = [
      await AnEndpoint.of(notifications, receiver),
      await AnEndpoint.of(notifications, receiver),
    ];
    await notifications.append(endpoint.till.accountId, 'device.online');
    await endpoint.untilTried(1);
    expect([other.requests, await other.deliveries()]).toEqual([[], []]);
  });
});

describe('the database', () => {
  it('does not show a secret to who reads it, in no form that could sign', async () => {
    const endpoint = await AnEndpoint.of(notifications, receiver);
    const rotated = (await endpoint.call<{ secret: string }>('POST', '/rotate-secret')).body.secret;
    await notifications.append(endpoint.till.accountId, 'device.online');
    await endpoint.untilTried(1);
    const dump = await notifications.query<{ row: string }>(
      `SELECT webhook::text || delivery::text AS row FROM notifications.webhook JOIN notifications.delivery ON webhook_id = webhook.id
        WHERE webhook.id = $1`,
      [endpoint.id],
    );
    expect(dump).toHaveLength(1);
    for (const secret of [endpoint.secret, rotated]) {
      const forms = [
        secret,
        ...(['hex', 'base64url'] as const).map((form) => Buffer.from(secret, 'base64').toString(form)),
      ];
      for (const form of [...forms, Buffer.from(secret).toString('hex')]) expect(dump[0]?.row).not.toContain(form);
    }
  });

  it('forgets what was delivered 30 days ago, and what a disabled endpoint will never get', async () => {
    const endpoint = await AnEndpoint.of(notifications, receiver);
    receiver.script(endpoint.path, answers(200), answers(500));
    for (const _ of upTo(2)) {
      await notifications.append(endpoint.till.accountId, 'device.online');
      await endpoint.untilTried(1);
    }
    await endpoint.call('PATCH', '', { enabled: false });
    notifications.clock.forward({ ms: 29 * 86_400_000 });
    await notifications.get(ForgetOld).execute();
    expect(await endpoint.deliveries()).toHaveLength(2);
    notifications.clock.forward({ ms: 2 * 86_400_000 });
    await notifications.get(ForgetOld).execute();
    expect(await endpoint.deliveries()).toEqual([]);
  });
});
