import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { EventLogReader } from '../../../libs/notifications/src/queries/event-log-reader.js';
import { LogWatch } from '../../../libs/notifications/src/queries/log-watch.js';
import { eventually } from '../../support/eventually.js';
import { ATill, upTo } from './a-till.js';
import { type Notifications, startNotifications } from './support.js';

let notifications: Notifications;
beforeAll(async () => {
  notifications = await startNotifications();
});
afterAll(() => notifications.stop());

const untilWaiting = (till: ATill, count = 1) =>
  eventually(`${count} wait for the log`, () => notifications.wakeUps.countOf(till.topic) === count);

describe('GET /v2/events', () => {
  it('gives pages in order, and where to read on; at the end that is where the reader stands', async () => {
    const till = new ATill(notifications);
    expect((await till.events()).body).toEqual({ data: [], next: 0 });
    for (const n of upTo(3)) await notifications.append(till.accountId, n === 2 ? 'device.offline' : 'device.online');
    const page = await till.events('?limit=2');
    expect(page.body).toMatchObject({ data: [{ sequence: 1 }, { sequence: 2 }], next: 2 });
    expect((await till.events('?after=2')).body).toMatchObject({ data: [{ sequence: 3 }], next: 3 });
    expect((await till.events('?after=3')).body).toEqual({ data: [], next: 3 });
  });

  it('leaves out the types that are not wanted, and passes over them for good', async () => {
    const till = new ATill(notifications);
    await notifications.append(till.accountId, 'device.online', 'device.offline', 'device.online', 'device.locked');
    const page = await till.events('?types=device.offline,device.online&limit=2');
    expect(page.body).toMatchObject({ data: [{ sequence: 1 }, { sequence: 2 }], next: 2 });
    expect((await till.events('?types=device.unlocked')).body).toEqual({ data: [], next: 4 });
  });

  it.each([
    ...[
      '?after=-1',
      '?after=1.5',
      '?after=abc',
      '?after=1&after=2',
      '?after[]=1',
      '?after=9007199254740993',
      '?after=1',
    ],
    ...['?before=0', '?before=x', '?before=2&after=1'],
    ...['?limit=0', '?limit=501', '?limit=x', '?types=payment.paid', '?from=1'],
  ])('refuses %s and says which field it is', async (query) => {
    const { status, body } = await new ATill(notifications).call('GET', `/v2/events${query}`);
    expect(status).toBe(418);
    expect(body.code).toMatch(/^invalid_(field|request)$/);
    expect(body.message).toMatch(/^(after|before|limit|types|from|body)/);
  });

  it('sees its own account only: another one has the same numbers and other events', async () => {
    const [till, other] = [new ATill(notifications), new ATill(notifications)];
    await notifications.append(till.accountId, 'device.online');
    await notifications.append(other.accountId, 'device.offline', 'device.locked');
    expect((await till.events()).body.data.map(({ type }) => type)).toEqual(['device.online']);
    expect((await till.events('?after=2')).status).toBe(418);
  });
});

describe('a long poll', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  /** So that nothing but a wake-up ends a wait. */
  const lookNoMore = () => jest.spyOn(notifications.get(EventLogReader), 'grown').mockResolvedValue([]);

  it('is answered as soon as there is an event, however many wait', async () => {
    lookNoMore();
    const till = new ATill(notifications);
    const polls = upTo(5).map(() => till.events('', 60));
    await untilWaiting(till, 5);
    await notifications.append(till.accountId, 'device.online');
    for (const { body } of await Promise.all(polls)) expect(body).toMatchObject({ data: [{ sequence: 1 }], next: 1 });
    await untilWaiting(till, 0);
  });

  it('is answered with nothing when its time is over', async () => {
    const till = new ATill(notifications);
    await notifications.append(till.accountId, 'device.online');
    expect((await till.events('?after=1', 1)).body).toEqual({ data: [], next: 1 });
  });

  it('goes on waiting when what came is not wanted, and still moves on', async () => {
    const till = new ATill(notifications);
    const poll = till.events('?types=device.locked', 60);
    for (const type of ['device.online', 'device.offline', 'device.locked'] as const) {
      await untilWaiting(till);
      await notifications.append(till.accountId, type);
    }
    expect((await poll).body).toMatchObject({ data: [{ sequence: 3 }], next: 3 });
  });

  it('is not woken by another account', async () => {
    const [till, other] = [new ATill(notifications), new ATill(notifications)];
    const poll = till.events('', 60);
    await untilWaiting(till);
    await notifications.append(other.accountId, 'device.online');
    await notifications.append(till.accountId, 'device.locked');
    expect((await poll).body.data.map(({ type }) => type)).toEqual(['device.locked']);
  });

  it('finds what it was not woken for', async () => {
    const till = new ATill(notifications);
    const poll = till.events('', 60);
    await untilWaiting(till);
    notifications.wakeUps.lost = true;
    await notifications.append(till.accountId, 'device.online').finally(() => (notifications.wakeUps.lost = false));
    expect((await poll).body.data).toHaveLength(1);
  });

  it('that begins after an append sees it, though the reading of another one began before and is not over', async () => {
    const till = new ATill(notifications);
    const { dataSource } = notifications.database;
    const query = dataSource.query.bind(dataSource);
    let goOn = (): void => undefined;
    const held = new Promise<void>((resolve) => (goOn = resolve));
    let isRead = false;
    dataSource.query = (async (sql: string, values?: unknown[]) => {
      const rows: unknown = await query(sql, values);
      // Workers look for deliveries in the meantime.
      if (!sql.includes('notifications.event')) return rows;
      isRead = true;
      await held;
      return rows;
    }) as typeof dataSource.query;
    const slow = till.events();
    await eventually('the slow one has read', () => isRead);
    dataSource.query = query;
    await notifications.append(till.accountId, 'device.online');
    const late = till.events();
    const first = await Promise.race([late, new Promise((resolve) => setTimeout(resolve, 10_000).unref())]);
    goOn();
    expect((await slow).body.data).toHaveLength(0);
    expect((await late).body.data).toHaveLength(1);
    expect(first).toBeDefined();
  });

  it('of one who hung up waits no more', async () => {
    const till = new ATill(notifications);
    const hangUp = new AbortController();
    const poll = till.fetch('GET', '/v2/events', undefined, { prefer: 'wait=60' }, hangUp.signal);
    await untilWaiting(till);
    hangUp.abort();
    await expect(poll).rejects.toMatchObject({ name: 'AbortError' });
    await untilWaiting(till, 0);
  });

  it('of one who hung up before it began does not wait at all', async () => {
    const till = new ATill(notifications);
    const position = { accountId: till.accountId, after: 0, types: null };
    const page = notifications.get(LogWatch).next(position, 10, 30_000, AbortSignal.abort());
    await untilWaiting(till, 0);
    expect(await page).toEqual({ events: [], next: 0 });
  });

  it('is woken for what is appended while it reads', async () => {
    lookNoMore();
    const till = new ATill(notifications);
    const { dataSource } = notifications.database;
    const query = dataSource.query.bind(dataSource);
    const reading = jest.spyOn(dataSource, 'query').mockImplementationOnce(async (sql, values) => {
      const rows: unknown = await query(sql, values);
      await notifications.append(till.accountId, 'device.online');
      return rows;
    });
    expect((await till.events('', 60)).body.data).toHaveLength(1);
    expect(reading).toHaveBeenCalled();
  });

  it('misses nothing when reading, waiting and appending meet', async () => {
    lookNoMore();
    const till = new ATill(notifications);
    const reading = Promise.all(
      upTo(4).map(async () => {
        const seen: number[] = [];
        for (let after = 0; after < 60;) {
          const { body } = await till.events(`?after=${after}`, 60);
          seen.push(...body.data.map(({ sequence }) => sequence));
          after = body.next;
        }
        return seen;
      }),
    );
    for (let sent = 0; sent < 60; sent += 1) await notifications.append(till.accountId, 'device.online');
    for (const seen of await reading) expect(seen).toEqual(upTo(60));
  });
});
