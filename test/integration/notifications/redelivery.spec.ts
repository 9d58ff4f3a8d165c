import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { eventually } from '../../support/eventually.js';
import { aPurchase } from './a-payment.js';
import { ATill, upTo } from './a-till.js';
import { AnEndpoint, type Delivery } from './an-endpoint.js';
import { answers, type Request, ScriptedReceiver, verifies } from './scripted-receiver.js';
import { type Notifications, startNotifications } from './support.js';

const hour = 3_600_000;
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

interface Found extends Delivery {
  readonly webhookId: string;
}

interface Page {
  readonly data: readonly Delivery[];
  readonly next: number | null;
}

async function received(endpoint: AnEndpoint, nth: number): Promise<Request> {
  return eventually(`request ${nth} arrives`, () => endpoint.requests[nth - 1] ?? false);
}

async function anEndpointThatGot(count: number): Promise<AnEndpoint> {
  const endpoint = await AnEndpoint.of(notifications, receiver);
  for (const _ of upTo(count)) {
    await notifications.append(endpoint.till.accountId, 'device.online');
    await endpoint.untilTried(1);
    notifications.clock.forward({ ms: 1_000 });
  }
  return endpoint;
}

describe('a secret that is rotated', () => {
  const signatures = ({ headers }: Request) => (headers['webhook-signature'] ?? '').split(' ');

  it('signs beside the new one for a day, so that a receiver with either is content', async () => {
    const now = await startNotifications();
    const endpoint = await AnEndpoint.of(now, receiver);
    const { status, body } = await endpoint.call<{ secret: string; previousUntil: string }>('POST', '/rotate-secret');
    expect([status, Date.parse(body.previousUntil) - now.clock.now().getTime()]).toEqual([200, 24 * hour]);
    await now.append(endpoint.till.accountId, 'device.online');
    const request = await received(endpoint, 1);
    expect([endpoint.secret, body.secret].map((secret) => verifies(secret, request))).toEqual([true, true]);
    expect(signatures(request)).toHaveLength(2);
    await now.stop();
  });

  it('signs no more after that day, nor when it is rotated once more', async () => {
    const endpoint = await AnEndpoint.of(notifications, receiver);
    const second = (await endpoint.call<{ secret: string }>('POST', '/rotate-secret')).body.secret;
    notifications.clock.forward({ ms: 24 * hour });
    await notifications.append(endpoint.till.accountId, 'device.online');
    const late = await received(endpoint, 1);
    expect(signatures(late)).toEqual([new Webhook(second).sign(late.id, notifications.clock.now(), late.text)]);
    const third = (await endpoint.call<{ secret: string }>('POST', '/rotate-secret')).body.secret;
    const fourth = (await endpoint.call<{ secret: string }>('POST', '/rotate-secret')).body.secret;
    await notifications.append(endpoint.till.accountId, 'device.online');
    const later = await received(endpoint, 2);
    const expected = [fourth, third].map((one) =>
      new Webhook(one).sign(later.id, notifications.clock.now(), later.text),
    );
    expect(signatures(later)).toEqual(expected);
  });
});

describe('what was sent', () => {
  it('stands in the log of deliveries, newest first, in pages and by state', async () => {
    const endpoint = await anEndpointThatGot(3);
    receiver.script(endpoint.path, answers(500));
    await notifications.append(endpoint.till.accountId, 'device.online');
    await endpoint.untilTried(1);
    const all = await endpoint.deliveries();
    expect(all.map(({ state }) => state)).toEqual(['pending', 'delivered', 'delivered', 'delivered']);
    const { body: first } = await endpoint.call<Page>('GET', '/deliveries?limit=3');
    const { body: second } = await endpoint.call<Page>('GET', `/deliveries?limit=3&after=${first.next ?? ''}`);
    expect([...first.data, ...second.data]).toEqual(all);
    expect(second.next).toBeNull();
    expect(await endpoint.deliveries('?state=delivered')).toEqual(all.slice(1));
    expect(all[0]?.attempts).toEqual([
      { at: expect.stringMatching(/^\d{4}-.*Z$/), status: 500, problem: null, body: null, tookMs: expect.any(Number) },
    ]);
  });

  it.each(['?state=lost', '?limit=0', '?limit=101', '?after=0', '?after=x', '?page=2'])(
    'is not asked for by %s',
    async (query) => {
      const endpoint = await AnEndpoint.of(notifications, receiver);
      expect((await endpoint.call('GET', `/deliveries${query}`)).body.code).toBe('invalid_request');
    },
  );

  it('is found by the payment that it is about: of every endpoint, and of this account only', async () => {
    const types = ['payment.approved', 'cardTransaction'];
    const endpoint = await AnEndpoint.of(notifications, receiver, { types });
    const { till } = endpoint;
    const second = await AnEndpoint.of(notifications, receiver, { till, types: ['payment.requested'] });
    const [wanted, other] = [aPurchase(till.accountId), aPurchase(till.accountId)];
    await notifications.tell(...other);
    for (const event of wanted) await notifications.tell(event);
    await eventually('everything is sent', () => endpoint.requests.length === 4 && second.requests.length === 2);
    const about = (who: ATill, paymentId: string) =>
      who.call<{ data: readonly Found[] }>('GET', `/console/v1/deliveries?paymentId=${paymentId}`);
    const paymentId = wanted[0]?.aggregateId ?? '';
    await eventually('it is written down', async () => {
      const { data } = (await about(till, paymentId)).body;
      expect(data.map(({ type, webhookId, state }) => ({ type, webhookId, state }))).toEqual([
        { type: 'payment.requested', webhookId: second.id, state: 'delivered' },
        { type: 'payment.approved', webhookId: endpoint.id, state: 'delivered' },
        { type: 'cardTransaction', webhookId: endpoint.id, state: 'delivered' },
      ]);
      expect(data[1]).toMatchObject({ url: receiver.url(endpoint.path), attempts: [{ status: 204 }] });
    });
    expect((await about(new ATill(notifications), paymentId)).body).toEqual({ data: [] });
    expect((await about(till, 'nonsense')).body).toMatchObject({ code: 'invalid_request' });
  });

  it('is sent again, one by one, under the same id and with the same body, signed anew', async () => {
    const endpoint = await anEndpointThatGot(1);
    const [{ id } = { id: 0 }] = await endpoint.deliveries();
    notifications.clock.forward({ ms: hour });
    const answer = await endpoint.call('POST', `/deliveries/${id}/redeliver`);
    expect(answer).toEqual({ status: 202, body: { redelivered: 1 } });
    const [before, again] = [await received(endpoint, 1), await received(endpoint, 2)];
    expect([again.id, again.text]).toEqual([before.id, before.text]);
    expect(again.headers['webhook-timestamp']).not.toBe(before.headers['webhook-timestamp']);
    expect(await endpoint.untilTried(2)).toMatchObject({ id, state: 'delivered' });
  });

  it('is sent again at once when it waits for its next try, and has three days from then on', async () => {
    const endpoint = await AnEndpoint.of(notifications, receiver);
    receiver.script(endpoint.path, answers(500));
    await notifications.append(endpoint.till.accountId, 'device.online');
    const { id } = await endpoint.untilTried(1);
    notifications.clock.forward({ ms: 1_000 });
    await endpoint.call('POST', `/deliveries/${id}/redeliver`);
    const { nextTryAt } = await endpoint.untilTried(2);
    expect(Date.parse(nextTryAt ?? '') - notifications.clock.now().getTime()).toBeLessThanOrEqual(6_000);
  });

  it('in a span of time is sent again, by state if that is asked for', async () => {
    const endpoint = await anEndpointThatGot(2);
    receiver.script(endpoint.path, answers(410), answers(204));
    await notifications.append(endpoint.till.accountId, 'device.online');
    await endpoint.untilTried(1);
    await endpoint.call('PATCH', '', { enabled: true });
    const [newest, second, first] = (await endpoint.deliveries()) as [Delivery, Delivery, Delivery] &
      { createdAt: string }[];
    const created = async (id: number) => {
      const sql = 'SELECT created_at AS at FROM notifications.delivery WHERE id = $1';
      return (await notifications.query<{ at: Date }>(sql, [id]))[0]?.at.toISOString() ?? '';
    };
    const redeliver = async (body: object) => (await endpoint.call('POST', '/redeliver', body)).body;
    expect(await redeliver({ from: await created(first.id), state: 'failed' })).toEqual({ redelivered: 1 });
    await eventually('it is delivered', async () => (await endpoint.deliveries('?state=delivered')).length === 3);
    expect(await redeliver({ from: await created(first.id), to: await created(newest.id) })).toEqual({
      redelivered: 2,
    });
    await eventually('both arrive', () => endpoint.requests.length === 6);
    expect(await redeliver({ from: await created(second.id) })).toEqual({ redelivered: 2 });
    expect(await redeliver({ from: new Date(notifications.clock.now().getTime() + 1).toISOString() })).toEqual({
      redelivered: 0,
    });
  });

  it.each([
    ...[{}, { from: 'yesterday' }, { from: '2026-11-23' }, { from: '2026-W48-1' }, { from: '2026-327T00:00:00Z' }],
    ...[
      { from: '2026-02-30T00:00:00Z' },
      { from: '2026-11-23T12:00:00' },
      { from: '2026-11-23T23:59:60Z' },
      { from: null },
    ],
    ...[
      { from: '2026-11-23T12:00:00Z', to: null },
      { from: '2026-11-23T12:00:00Z', state: 'pending' },
    ],
    ...[{ from: '2026-11-23T12:00:00Z', to: '+275761-01-01T00:00:00Z' }, { from: 1_764_000_000 }],
  ])('is not sent again for a span like %j', async (body) => {
    const endpoint = await AnEndpoint.of(notifications, receiver);
    const { status, body: answer } = await endpoint.call('POST', '/redeliver', body);
    expect([status, answer.code]).toEqual([418, 'invalid_request']);
  });

  it.each(['0', '999999999', 'x', '1.5', '-1', '1234567890123456789', '%00'])(
    'of which there is none by id %s',
    async (id) => {
      const endpoint = await AnEndpoint.of(notifications, receiver);
      const { status, body } = await endpoint.call('POST', `/deliveries/${id}/redeliver`);
      expect([status, body.code]).toEqual([418, 'delivery_not_found']);
    },
  );

  it('to another endpoint is none of this one', async () => {
    const [endpoint, other] = [await anEndpointThatGot(1), await AnEndpoint.of(notifications, receiver)];
    const [{ id } = { id: 0 }] = await endpoint.deliveries();
    expect((await other.call('POST', `/deliveries/${id}/redeliver`)).body.code).toBe('delivery_not_found');
  });
});

describe('a test event', () => {
  it('arrives whatever types the endpoint wants, and is not in the log of the account', async () => {
    const endpoint = await AnEndpoint.of(notifications, receiver);
    const { status, body } = await endpoint.call('POST', '/test');
    const { id, type, state } = await endpoint.untilTried(1);
    expect([status, body, type, state]).toEqual([202, { deliveryId: id }, 'webhook.test', 'delivered']);
    const { text } = await received(endpoint, 1);
    expect(JSON.parse(text)).toMatchObject({ type: 'webhook.test', data: { webhookId: endpoint.id } });
    expect(await endpoint.till.log()).toEqual([]);
  });

  it('is not sent to an endpoint that is disabled, and nothing is sent to it again', async () => {
    const endpoint = await anEndpointThatGot(1);
    const [{ id } = { id: 0 }] = await endpoint.deliveries();
    await endpoint.call('PATCH', '', { enabled: false });
    for (const door of ['/test', `/deliveries/${id}/redeliver`])
      expect((await endpoint.call('POST', door)).body.code).toBe('webhook_disabled');
    const range = await endpoint.call('POST', '/redeliver', { from: '2026-11-23T12:00:00Z' });
    expect(range.body.code).toBe('webhook_disabled');
  });
});
