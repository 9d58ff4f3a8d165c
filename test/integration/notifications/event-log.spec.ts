import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccountSettingsChanged, type DomainEvent, eventOf } from '#contracts';
import { AppendEvents } from '../../../libs/notifications/src/application/append-events.js';
import { ForgetOld } from '../../../libs/notifications/src/application/forget-old.js';
import { apiModeChanged, aPurchase, ofAPurchase } from './a-payment.js';
import { ATill, upTo } from './a-till.js';
import { type Notifications, startNotifications } from './support.js';

const day = 24 * 3_600_000;
let notifications: Notifications;
beforeAll(async () => {
  notifications = await startNotifications();
});
afterAll(() => notifications.stop());

function shuffled<Item>(items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, at: Math.random() }))
    .sort((one, other) => one.at - other.at)
    .map(({ item }) => item);
}

const parked = (aggregates: readonly (string | null)[]) =>
  notifications.query<{ parked: number; rows: number }>(
    `SELECT coalesce(sum(parked), 0)::int AS parked,
            (SELECT count(*) FROM notifications.parked WHERE aggregate_id = ANY ($1)) AS rows
       FROM notifications.source WHERE aggregate_id = ANY ($1)`,
    [aggregates],
  );

describe('the log of an account', () => {
  it('numbers 50 parallel appends from 1 without a gap, and each one together', async () => {
    const till = new ATill(notifications);
    await Promise.all(upTo(50).map(() => notifications.append(till.accountId, 'payment.approved', 'cardTransaction')));
    const log = await till.log();
    expect(log.map(({ sequence }) => sequence)).toEqual(upTo(100));
    expect(log.map(({ type }) => type)).toEqual(upTo(50).flatMap(() => ['payment.approved', 'cardTransaction']));
    expect(new Set(log.map(({ id }) => id)).size).toBe(100);
  });

  it('never shows a number before a smaller one, while many append', async () => {
    const till = new ATill(notifications);
    await notifications.append(till.accountId, 'device.online');
    const seen: number[] = [];
    const appending = Promise.all(upTo(50).map(() => notifications.append(till.accountId, 'device.online')));
    for (let after = 0; after < 51;) {
      const { body } = await till.events(`?after=${after}`);
      seen.push(...body.data.map(({ sequence }) => sequence));
      after = body.next;
    }
    await appending;
    expect(seen).toEqual(upTo(51));
  });

  it('is read backwards too, the newest first, page by page to the oldest that is kept', async () => {
    const till = new ATill(notifications);
    await notifications.append(till.accountId, ...upTo(7).map((n) => (n % 2 ? 'device.online' : 'device.offline')));
    const numbers = async (query: string) => {
      const { data, next } = (await till.events(query)).body;
      return [...data.map(({ sequence }) => sequence), 'next', next];
    };
    expect(await numbers('?before=9007199254740991&limit=3')).toEqual([7, 6, 5, 'next', 5]);
    expect(await numbers('?before=5&limit=3')).toEqual([4, 3, 2, 'next', 2]);
    expect(await numbers('?before=2&limit=3')).toEqual([1, 'next', 1]);
    expect(await numbers('?before=1')).toEqual(['next', 1]);
    expect(await numbers('?before=7&types=device.offline')).toEqual([6, 4, 2, 'next', 1]);
    const [other] = [new ATill(notifications)];
    expect((await other.events('?before=100')).body.data).toEqual([]);
  });

  it('is its own: accounts that append at the same time are numbered apart', async () => {
    const tills = upTo(5).map(() => new ATill(notifications));
    await Promise.all(upTo(50).map((n) => notifications.append(tills[n % 5]?.accountId ?? '', 'device.online')));
    for (const till of tills) expect((await till.log()).map(({ sequence }) => sequence)).toEqual(upTo(10));
  });

  it('has no number for what was undone', async () => {
    const till = new ATill(notifications);
    const entry = { type: 'device.locked', data: {}, aggregateId: null, occurredAt: new Date() } as const;
    const undone = notifications.database.unitOfWork.run(async (tx) => {
      await notifications.get(AppendEvents).execute(tx, till.accountId, [entry]);
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    await notifications.append(till.accountId, 'device.online');
    expect((await till.log()).map(({ sequence }) => sequence)).toEqual([1]);
  });
});

describe('what aggregates tell', () => {
  it('late, twice, shuffled and all at once stands in the log once and in the order of each aggregate', async () => {
    const till = new ATill(notifications);
    const purchases = upTo(12).map((n) => aPurchase(till.accountId, n));
    const again = shuffled(purchases.flat()).map((event) => ({ ...event, id: randomUUID() }));
    const told = shuffled(purchases.flat());
    await Promise.all([notifications.tell(...told), notifications.tell(...again)]);
    const log = await till.log();
    expect(log.map(({ sequence }) => sequence)).toEqual(upTo(12 * ofAPurchase.length));
    for (const [index, purchase] of purchases.entries()) {
      const paymentId = purchase[0]?.aggregateId;
      const own = log.filter(({ data }) => data.id === paymentId || data.id === String(index + 1));
      expect(own.map(({ type }) => type)).toEqual(ofAPurchase);
    }
    expect(await parked(purchases.map(([first]) => first?.aggregateId ?? null))).toEqual([{ parked: 0, rows: 0 }]);
  });

  it('in reverse is held back until the first one is there, and then all of it is told', async () => {
    const till = new ATill(notifications);
    const [first, ...later] = aPurchase(till.accountId);
    if (!first) throw new Error('a purchase without events');
    for (const event of later.reverse()) await notifications.tell(event);
    expect(await till.log()).toEqual([]);
    expect(await parked([first.aggregateId])).toEqual([{ parked: 3, rows: 3 }]);
    await notifications.tell(first);
    expect((await till.log()).map(({ type }) => type)).toEqual(ofAPurchase);
    expect(await parked([first.aggregateId])).toEqual([{ parked: 0, rows: 0 }]);
  });

  it('with a hole in it is told up to the hole, and behind it once it is filled', async () => {
    const till = new ATill(notifications);
    const [requested, shown, processing, approved] = aPurchase(till.accountId) as [
      DomainEvent,
      DomainEvent,
      DomainEvent,
      DomainEvent,
    ];
    await notifications.tell(approved);
    await notifications.tell(requested);
    await notifications.tell(shown);
    expect((await till.log()).map(({ type }) => type)).toEqual(ofAPurchase.slice(0, 2));
    await notifications.tell(processing);
    expect((await till.log()).map(({ type }) => type)).toEqual(ofAPurchase);
  });

  it('of two contexts about one thing is numbered for each', async () => {
    const till = new ATill(notifications);
    const purchase = aPurchase(till.accountId).map((event) => ({ ...event, aggregateId: till.accountId }));
    await notifications.tell(...purchase, apiModeChanged(till.accountId, 1), apiModeChanged(till.accountId, 2));
    expect(await till.log()).toHaveLength(ofAPurchase.length + 2);
  });
});

describe('how long the log is kept', () => {
  const keepFor = (accountId: string, retentionDays: number, sequence: number): DomainEvent => {
    const facts = { id: randomUUID(), aggregateId: accountId, sequence, accountId, occurredAt: new Date() };
    const settings = { timeZone: 'America/Edmonton', deliverWithin: 10, payWithin: 120, tipping: null, retentionDays };
    return eventOf(AccountSettingsChanged, { ...facts, data: { accountId, ...settings } });
  };

  it('is what its account says; older cursors are told where to read on, and the numbers go on', async () => {
    const [short, long] = [new ATill(notifications), new ATill(notifications)];
    await notifications.tell(keepFor(short.accountId, 7, 1));
    for (const { accountId } of [short, long]) await notifications.append(accountId, 'device.online', 'device.offline');
    notifications.clock.forward({ ms: 5 * day });
    await notifications.append(short.accountId, 'device.online');
    notifications.clock.forward({ ms: 3 * day });
    await notifications.get(ForgetOld).execute();
    const gone = { status: 418, body: { code: 'events_gone', facts: { firstSequence: 3 } } };
    expect(await short.events('?after=1')).toMatchObject(gone);
    expect(await short.call('GET', '/v2/events/stream?after=1')).toMatchObject(gone);
    expect((await short.events('?after=2')).body.data.map(({ sequence }) => sequence)).toEqual([3]);
    expect((await long.events('?after=1')).body.data.map(({ sequence }) => sequence)).toEqual([2]);
    notifications.clock.forward({ ms: 8 * day });
    await notifications.get(ForgetOld).execute();
    await notifications.append(short.accountId, 'device.online');
    expect((await short.events('?after=3')).body).toMatchObject({ data: [{ sequence: 4 }], next: 4 });
  });

  it('does not stand in the way of one who begins: 0 is all that is kept', async () => {
    const till = new ATill(notifications);
    await notifications.append(till.accountId, 'device.online');
    notifications.clock.forward({ ms: 91 * day });
    await notifications.append(till.accountId, 'device.offline');
    await notifications.get(ForgetOld).execute();
    for (const query of ['', '?after=0']) {
      expect((await till.events(query)).body).toMatchObject({ data: [{ sequence: 2 }], next: 2 });
    }
  });

  it('is what the newest setting says, whichever is heard last', async () => {
    const till = new ATill(notifications);
    await notifications.tell(keepFor(till.accountId, 30, 2));
    await notifications.tell(keepFor(till.accountId, 7, 1));
    const sql = 'SELECT retention_days AS days FROM notifications.log WHERE account_id = $1';
    expect(await notifications.query(sql, [till.accountId])).toEqual([{ days: 30 }]);
  });
});
