import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Redeliver } from '../../../libs/notifications/src/application/redeliver.js';
import { Deliveries } from '../../../libs/notifications/src/infrastructure/deliveries.js';
import { Webhooks } from '../../../libs/notifications/src/infrastructure/webhooks.js';
import { eventually } from '../../support/eventually.js';
import { upTo } from './a-till.js';
import { AnEndpoint } from './an-endpoint.js';
import { GatedSender } from './gated-sender.js';
import { answers, hangs, ScriptedReceiver } from './scripted-receiver.js';
import { type Notifications, startNotifications } from './support.js';

const leaseMs = 60_000;
let notifications: Notifications;
let receiver: ScriptedReceiver;
const stops: (() => Promise<void>)[] = [];
beforeAll(async () => {
  notifications = await startNotifications();
  receiver = await ScriptedReceiver.start();
});
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
  await notifications.query('DELETE FROM notifications.webhook');
});
afterAll(async () => {
  await receiver.stop();
  await notifications.stop();
});

/** A process whose requests wait for the test: another one on the same database, or one that is alone. */
async function gated(where: { readonly beside?: Notifications } = {}) {
  const other = await startNotifications({ ...where, sender: GatedSender });
  const sender = GatedSender.of(other);
  stops.push(() => {
    sender.answerAll(200);
    return other.stop();
  });
  return { other, sender };
}

/** It takes no more work until this is called; its look that is under way is over. */
async function idle(process: Notifications): Promise<() => void> {
  const leasing = jest.spyOn(process.get(Deliveries), 'lease').mockResolvedValue([]);
  await process.deliver();
  return () => {
    leasing.mockRestore();
  };
}

describe('one dead endpoint', () => {
  it('delays no other one: what is due at the same time arrives while the dead one hangs', async () => {
    const dead = await AnEndpoint.of(notifications, receiver);
    const well = await AnEndpoint.of(notifications, receiver);
    const sibling = await AnEndpoint.of(notifications, receiver, { till: dead.till });
    receiver.script(dead.path, hangs);
    for (const { till } of [dead, well])
      await notifications.append(till.accountId, ...upTo(30).map(() => 'device.online' as const));
    for (const { path } of [well, sibling]) await eventually('all arrive', () => receiver.at(path).length === 30);
    expect(dead.requests.length).toBeGreaterThan(0);
    expect(dead.requests.length).toBeLessThanOrEqual(8);
    expect(new Set(well.requests.map(({ id }) => id)).size).toBe(30);
  });

  it('whose secret cannot be opened any more delays no other one', async () => {
    const damaged = await AnEndpoint.of(notifications, receiver);
    const well = await AnEndpoint.of(notifications, receiver);
    await notifications.query(`UPDATE notifications.webhook SET secret = '\\x00' WHERE account_id = $1`, [
      damaged.till.accountId,
    ]);
    // Due at the same moment, so one look takes both.
    await notifications.query(
      `INSERT INTO notifications.delivery (account_id, webhook_id, message_id, type, body, since, due_at, created_at)
       SELECT account_id, id, 'msg', 'device.online', '{}', $1, $1, $1 FROM notifications.webhook WHERE id = ANY ($2)`,
      [notifications.clock.now(), [damaged.id, well.id]],
    );
    await notifications.deliver();
    await eventually('the other one has it', () => receiver.at(well.path).length === 1);
    expect(damaged.requests).toEqual([]);
  });

  it('whose secret could not be opened, more often than it may have requests at once, is served when it can be again', async () => {
    const { id, path, till } = await AnEndpoint.of(notifications, receiver);
    const [{ secret }] = (await notifications.query<{ secret: Buffer }>(
      'SELECT secret FROM notifications.webhook WHERE id = $1',
      [id],
    )) as [{ secret: Buffer }];
    const put = 'UPDATE notifications.webhook SET secret = $2 WHERE id = $1';
    await notifications.query(put, [id, Buffer.from([0])]);
    await notifications.append(till.accountId, ...upTo(9).map(() => 'device.online' as const));
    await eventually('all of them were taken', async () => {
      const due = 'SELECT id FROM notifications.delivery WHERE webhook_id = $1 AND due_at <= $2';
      await notifications.deliver();
      return (await notifications.query(due, [id, notifications.clock.now()])).length === 0;
    });
    await notifications.query(put, [id, secret]);
    notifications.clock.forward({ ms: leaseMs });
    await notifications.deliver();
    await eventually('it has all of them', () => receiver.at(path).length === 9);
  });

  it('that is known to fail is asked one thing at a time, until it takes one', async () => {
    const { other, sender } = await gated();
    const { till } = await AnEndpoint.of(other, receiver);
    await other.query('UPDATE notifications.webhook SET failing_since = now() WHERE account_id = $1', [till.accountId]);
    await other.append(till.accountId, ...upTo(5).map(() => 'device.online' as const));
    const [first] = await sender.untilSent(1);
    await other.deliver();
    expect(sender.sent).toHaveLength(1);
    first?.answer(200);
    await sender.untilSent(5);
    sender.answerAll(200);
  });

  it('with much that waits is served after those that are well', async () => {
    const now = notifications.clock.now();
    const dead = await Promise.all(upTo(6).map(() => AnEndpoint.of(notifications, receiver)));
    const well = await AnEndpoint.of(notifications, receiver);
    const later = new Date(now.getTime() + 3_600_000);
    await notifications.query(
      `INSERT INTO notifications.delivery (account_id, webhook_id, message_id, type, body, since, due_at, created_at)
       SELECT account_id, id, 'msg', 'device.online', '{}', $1, $1, $1 FROM notifications.webhook, generate_series(1, 3)`,
      [later],
    );
    await notifications.query('UPDATE notifications.webhook SET failing_since = $1 WHERE id = ANY ($2)', [
      now,
      dead.map(({ id }) => id),
    ]);
    await notifications.query(
      `UPDATE notifications.delivery SET due_at = due_at + interval '1 second' WHERE webhook_id = $1`,
      [well.id],
    );
    const soon = new Date(later.getTime() + 2_000);
    const taken = await notifications.get(Deliveries).lease(soon, soon, { all: 4, each: 2, busy: [] });
    const order = taken.map(({ webhookId }) => webhookId === well.id);
    expect(order.filter(Boolean)).toHaveLength(2);
    expect(taken).toHaveLength(4);
  });
});

describe('several processes', () => {
  it('share the work: nothing is sent twice', async () => {
    const endpoint = await AnEndpoint.of(notifications, receiver);
    const beside = await startNotifications({ beside: notifications });
    stops.push(() => beside.stop());
    await notifications.append(endpoint.till.accountId, ...upTo(60).map(() => 'device.online' as const));
    while (endpoint.requests.length < 60) await Promise.all([notifications.deliver(), beside.deliver()]);
    await eventually(
      'all are written down',
      async () => (await endpoint.deliveries('?state=delivered&limit=100')).length === 60,
    );
    expect(endpoint.requests).toHaveLength(60);
    expect(new Set(endpoint.requests.map(({ id }) => id)).size).toBe(60);
  });

  it('take over from one that died between sending and writing down, under the same id, when its lease is over', async () => {
    const { other: dying, sender } = await gated({ beside: notifications });
    const endpoint = await AnEndpoint.of(notifications, receiver);
    const goOn = await idle(notifications);
    await dying.append(endpoint.till.accountId, 'device.online');
    const [sent] = await sender.untilSent(1);
    await idle(dying);
    goOn();
    stops.length = 0;
    const death = dying.stop();
    notifications.clock.forward({ ms: leaseMs - 1 });
    await notifications.deliver();
    expect(endpoint.requests).toHaveLength(0);
    notifications.clock.forward({ ms: 1 });
    await notifications.deliver();
    expect(await endpoint.untilTried(1)).toMatchObject({ state: 'delivered' });
    expect(endpoint.requests.map(({ id }) => id)).toEqual([sent?.request.headers['webhook-id']]);
    sent?.answer(410);
    await death;
    const [after] = await endpoint.deliveries();
    expect(after).toMatchObject({ state: 'delivered', nextTryAt: null });
  });

  it('lose nothing when they are told to stop: what is under way is written down first', async () => {
    const { other, sender } = await gated({ beside: notifications });
    const endpoint = await AnEndpoint.of(notifications, receiver);
    const goOn = await idle(notifications);
    await other.append(endpoint.till.accountId, 'device.online');
    await sender.untilSent(1);
    const [{ id } = { id: 0 }] = await endpoint.deliveries();
    await other.get(Redeliver).one(endpoint.till.accountId, endpoint.id, id);
    const [first, second] = await sender.untilSent(2);
    goOn();
    first?.answer(200);
    await eventually('the first is written down', async () => (await endpoint.untilTried(1)).state === 'delivered');
    stops.length = 0;
    const stopped = other.stop().then(() => 'stopped');
    expect(await Promise.race([stopped, sleep(200, 'waits')])).toBe('waits');
    second?.answer(200);
    expect(await stopped).toBe('stopped');
    expect((await endpoint.untilTried(2)).attempts).toHaveLength(2);
  });

  it('cut no request that is under way when they are told to stop', async () => {
    const other = await startNotifications({ beside: notifications });
    const endpoint = await AnEndpoint.of(notifications, receiver);
    receiver.script(endpoint.path, (response) => setTimeout(answers(204), 250, response));
    await other.append(endpoint.till.accountId, 'device.online');
    await eventually('it is under way', () => endpoint.requests.length === 1);
    await other.stop();
    const { state, attempts } = await endpoint.untilTried(1);
    expect({ state, answers: attempts.map(({ status }) => status) }).toEqual({ state: 'delivered', answers: [204] });
  });
});

describe('what an endpoint answered', () => {
  it('holds up nobody who appends to the log while it is written down', async () => {
    const endpoint = await AnEndpoint.of(notifications, receiver);
    const { accountId } = endpoint.till;
    await notifications.database.unitOfWork.run(async (tx) => {
      await notifications.get(Webhooks).get(tx, accountId, endpoint.id);
      await Promise.race([
        notifications.append(accountId, 'device.online'),
        sleep(15_000, null, { ref: false }).then(() => Promise.reject(new Error('the log waits'))),
      ]);
    });
    await endpoint.untilTried(1);
  });
});
