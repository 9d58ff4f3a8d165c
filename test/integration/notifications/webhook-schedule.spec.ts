import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AnEndpoint } from './an-endpoint.js';
import { answers, type Behaviour, ScriptedReceiver } from './scripted-receiver.js';
import { type Notifications, startNotifications } from './support.js';

const [second, minute, hour] = [1_000, 60_000, 3_600_000];
const plan = [
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  10 * hour,
  ...[1, 2, 3, 4].map(() => 12 * hour),
];
const threeDays = 72 * hour;
const failing = { enabled: false, disabledReason: 'failing' };

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

async function anEndpointThatAnswers(...statuses: number[]): Promise<AnEndpoint> {
  const endpoint = await AnEndpoint.of(notifications, receiver);
  receiver.script(endpoint.path, ...statuses.map((status) => answers(status)));
  return endpoint;
}

const tenSecondsLater =
  (behaviour: Behaviour): Behaviour =>
  (response) => {
    notifications.clock.forward({ ms: 10 * second });
    behaviour(response);
  };

const disabledEvents = async ({ till }: AnEndpoint) =>
  (await till.log()).filter(({ type }) => type === 'webhook.disabled');

describe('a delivery that fails', () => {
  it('is tried by the plan under one id for three days; then it is given up and its endpoint disabled, with an event', async () => {
    const endpoint = await anEndpointThatAnswers(500);
    const { clock } = notifications;
    receiver.script(endpoint.path, tenSecondsLater(answers(500)), answers(500));
    const began = clock.now().getTime();
    await notifications.append(endpoint.till.accountId, 'device.online');
    const pauses: number[] = [];
    while ((await endpoint.untilTried(pauses.length + 1)).nextTryAt !== null)
      pauses.push(await endpoint.nextTry(pauses.length + 2));
    for (const [index, pause] of pauses.entries()) {
      if (index < pauses.length - 1) expect(pause).toBeGreaterThanOrEqual(plan[index] ?? 0);
      expect(pause).toBeLessThanOrEqual((plan[index] ?? 0) * 1.2);
    }
    expect(clock.now().getTime() - began).toBe(threeDays);
    const { state, attempts } = await endpoint.untilTried(pauses.length + 1);
    expect(state).toBe('failed');
    expect(new Set(endpoint.requests.map(({ id }) => id)).size).toBe(1);
    expect(attempts.map(({ status }) => status)).toEqual(endpoint.requests.map(() => 500));
    expect(await endpoint.state()).toMatchObject(failing);
    const { id: webhookId } = endpoint;
    expect(await disabledEvents(endpoint)).toMatchObject([{ data: { webhookId, reason: 'failing' } }]);
  });

  it('and then succeeds is over, and its endpoint is well again', async () => {
    const endpoint = await anEndpointThatAnswers(503, 500, 200);
    await notifications.append(endpoint.till.accountId, 'device.online');
    await endpoint.nextTry(2);
    expect((await endpoint.state()).failingSince).not.toBeNull();
    await endpoint.nextTry(3);
    const { state, attempts } = await endpoint.untilTried(3);
    expect([state, ...attempts.map(({ status }) => status)]).toEqual(['delivered', 503, 500, 200]);
    expect(await endpoint.state()).toMatchObject({ enabled: true, failingSince: null });
  });

  it('is not tried before its time', async () => {
    const endpoint = await anEndpointThatAnswers(500);
    await notifications.append(endpoint.till.accountId, 'device.online');
    await endpoint.untilTried(1);
    notifications.clock.forward({ ms: 4_999 });
    await notifications.deliver();
    expect(endpoint.requests).toHaveLength(1);
  });
});

describe('an endpoint', () => {
  it('that fails now and then stays enabled: every success begins the three days anew', async () => {
    const endpoint = await anEndpointThatAnswers(500, 200, 500);
    await notifications.append(endpoint.till.accountId, 'device.online');
    await endpoint.nextTry(2);
    await endpoint.untilTried(2);
    notifications.clock.forward({ ms: threeDays });
    await notifications.append(endpoint.till.accountId, 'device.online');
    await endpoint.untilTried(1);
    expect(await endpoint.state()).toMatchObject({ enabled: true, disabledReason: null });
  });

  it('that has failed for three days is disabled by whatever it refuses next', async () => {
    const endpoint = await anEndpointThatAnswers(500);
    await notifications.append(endpoint.till.accountId, 'device.online');
    await endpoint.untilTried(1);
    await notifications.query(`UPDATE notifications.webhook SET failing_since = $2 WHERE id = $1`, [
      endpoint.id,
      new Date(notifications.clock.now().getTime() - threeDays),
    ]);
    await endpoint.nextTry(2);
    await endpoint.untilTried(2);
    expect(await endpoint.state()).toMatchObject(failing);
    expect(await disabledEvents(endpoint)).toHaveLength(1);
  });

  it('that answers 410 is disabled at once, its delivery not tried again, and another endpoint of the account is told', async () => {
    const gone = await anEndpointThatAnswers(410);
    const other = await AnEndpoint.of(notifications, receiver, { till: gone.till });
    await notifications.append(gone.till.accountId, 'device.online', 'device.online');
    await gone.untilTried(1);
    expect(await gone.state()).toMatchObject({ enabled: false, disabledReason: 'gone' });
    expect(await disabledEvents(gone)).toMatchObject([{ data: { webhookId: gone.id, reason: 'gone' } }]);
    const { type } = await other.untilTried(1);
    expect(type).toBe('webhook.disabled');
    const failed = await gone.deliveries('?state=failed');
    expect(failed.map(({ nextTryAt }) => nextTryAt)).toEqual(failed.map(() => null));
  });

  it('that is disabled gets nothing, and enabled again what waited, and what happens from then on', async () => {
    const endpoint = await anEndpointThatAnswers(500, 200);
    await notifications.append(endpoint.till.accountId, 'device.online');
    await endpoint.untilTried(1);
    expect((await endpoint.call('PATCH', '', { enabled: false })).body).toMatchObject({ disabledReason: 'by_user' });
    notifications.clock.forward({ ms: minute });
    const before = await endpoint.deliveries();
    await notifications.append(endpoint.till.accountId, 'device.online');
    await notifications.deliver();
    expect(await endpoint.deliveries()).toEqual(before);
    expect((await endpoint.call('PATCH', '', { enabled: true })).body).toMatchObject({
      ...{ enabled: true, disabledReason: null, failingSince: null },
    });
    await notifications.deliver();
    await endpoint.untilTried(2);
    await notifications.append(endpoint.till.accountId, 'device.online');
    expect(await endpoint.untilTried(1)).toMatchObject({ state: 'delivered' });
    expect((await endpoint.deliveries()).map(({ state }) => state)).toEqual(['delivered', 'delivered']);
  });
});
