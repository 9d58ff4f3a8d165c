import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../../support/eventually.js';
import { eventStream } from '../../../libs/notifications/src/http/event-stream.js';
import { EventLogReader } from '../../../libs/notifications/src/queries/event-log-reader.js';
import { FollowLog } from '../../../libs/notifications/src/queries/follow-log.js';
import { LogWatch } from '../../../libs/notifications/src/queries/log-watch.js';
import { ATill, upTo } from './a-till.js';
import { AnEventSource } from './an-event-source.js';
import { type Notifications, startNotifications } from './support.js';

/** As the real one, but it shows that it lives all the time. */
class ImpatientLog extends FollowLog {
  protected override readonly aliveMs = 20;
}

let notifications: Notifications;
const open: AnEventSource[] = [];
beforeAll(async () => {
  notifications = await startNotifications();
});
afterEach(() => {
  for (const source of open.splice(0)) source.cut();
});
afterAll(() => notifications.stop());

async function follow(till: ATill, query?: string, headers?: Record<string, string>): Promise<AnEventSource> {
  const source = await AnEventSource.open(till, query, headers);
  open.push(source);
  return source;
}

/** Sooner than a stream without news would look by itself. */
const untilWaiting = (till: ATill, count = 1) =>
  eventually(`${count} wait for the log`, () => notifications.wakeUps.countOf(till.topic) === count, 12_000);

describe('GET /v2/events/stream', () => {
  it('brings what happens from now on, each event as the log has it', async () => {
    const till = new ATill(notifications);
    await notifications.append(till.accountId, 'device.online');
    const source = await follow(till);
    expect(source.response?.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(source.response?.headers.get('cache-control')).toBe('no-store');
    await untilWaiting(till);
    await notifications.append(till.accountId, 'device.offline');
    await eventually('it arrives', () => source.heard.length === 1);
    const [, logged] = await till.log();
    expect(source.heard).toEqual([{ id: 2, type: 'device.offline', data: logged }]);
  });

  it('brings what was before too when it is asked to: all that is kept, or from a cursor on', async () => {
    const till = new ATill(notifications);
    await notifications.append(till.accountId, ...upTo(250).map(() => 'device.online' as const));
    const sources = [await follow(till, '?after=0'), await follow(till, '?after=240')];
    await eventually('all of it', () => sources[0]?.heard.length === 250 && sources[1]?.heard.length === 10);
    expect(sources[0]?.ids).toEqual(upTo(250));
    expect(sources[1]?.ids).toEqual(upTo(250).slice(240));
  });

  it('goes on where it was cut, again and again, without a gap or a repeat while events are appended all the time', async () => {
    const till = new ATill(notifications);
    const last = 200;
    const appended = { all: false };
    const appending = (async () => {
      for (let sent = 0; sent < last; sent += 1) await notifications.append(till.accountId, 'device.online');
      appended.all = true;
    })();
    let source = await follow(till, '?after=0');
    const ids: number[] = [];
    for (let reader = 0; !appended.all; reader += 1) {
      const enough = (reader % 5) + 1;
      await eventually('it has read a little', () => appended.all || source.heard.length >= enough);
      const cut = source;
      if (cut.heard.length === 0) continue;
      source = await cut.again();
      open.push(source);
      ids.push(...cut.ids);
    }
    await appending;
    await eventually('the end', () => source.ids.at(-1) === last || ids.at(-1) === last);
    expect([...ids, ...source.ids]).toEqual(upTo(last));
  });

  it('the id that a browser sends counts more than the cursor of the address', async () => {
    const till = new ATill(notifications);
    await notifications.append(till.accountId, 'device.online', 'device.offline', 'device.online');
    const source = await follow(till, '?after=0', { 'last-event-id': '2' });
    await eventually('the rest', () => source.heard.length === 1);
    expect(source.ids).toEqual([3]);
  });

  it('never mixes accounts that are busy at the same time', async () => {
    const [one, other] = [new ATill(notifications), new ATill(notifications)];
    const [ofOne, ofOther] = [await follow(one, '?after=0'), await follow(other, '?after=0')];
    const append = (till: ATill, type: 'device.online' | 'device.offline') =>
      Promise.all(upTo(30).map(() => notifications.append(till.accountId, type)));
    await Promise.all([append(one, 'device.online'), append(other, 'device.offline')]);
    await eventually('both have theirs', () => ofOne.heard.length === 30 && ofOther.heard.length === 30);
    expect(new Set(ofOne.heard.map(({ type }) => type))).toEqual(new Set(['device.online']));
    expect(new Set(ofOther.heard.map(({ type }) => type))).toEqual(new Set(['device.offline']));
    expect([ofOne.ids, ofOther.ids]).toEqual([upTo(30), upTo(30)]);
  });

  it('brings only the types that are wanted', async () => {
    const till = new ATill(notifications);
    const source = await follow(till, '?after=0&types=device.locked');
    await notifications.append(till.accountId, 'device.online', 'device.locked', 'device.unlocked');
    await eventually('the wanted one', () => source.heard.length === 1);
    expect(source.ids).toEqual([2]);
  });

  it.each([
    ['?after=1', {}],
    ['?after=-1', {}],
    ['?types=nothing', {}],
    ['', { 'last-event-id': 'abc' }],
    ['', { 'last-event-id': '1' }],
  ] as const)('is refused before it begins where it cannot be followed: %s %j', async (query, headers) => {
    const answer = await new ATill(notifications).call('GET', `/v2/events/stream${query}`, undefined, headers);
    expect(answer).toMatchObject({ status: 418, body: { code: expect.stringMatching(/^invalid_/) } });
  });
});

describe('a reader', () => {
  it('who hangs up is forgotten', async () => {
    const till = new ATill(notifications);
    const source = await follow(till);
    await untilWaiting(till);
    source.cut();
    await untilWaiting(till, 0);
  });

  it('who reads nothing is not read for: the log is left alone until he goes on', async () => {
    const till = new ATill(notifications);
    await manyLongEvents(till.accountId, 10_000);
    const { hostname, port } = new URL(notifications.url);
    const socket = connect({ host: hostname, port: Number(port) });
    socket.pause();
    socket.write(`GET /v2/events/stream?after=0 HTTP/1.1\r\nhost: x\r\napi-token: ${till.accountId}\r\n\r\n`);
    const ids: number[] = [];
    const { reads, stop } = countReads();
    await eventually('reading stands still', async () => {
      const before = reads();
      await new Promise((resolve) => setTimeout(resolve, 300));
      return before > 0 && reads() === before;
    });
    expect(reads()).toBeLessThan(75);
    stop();
    const lines = createInterface(socket);
    lines.on('line', (line) => {
      if (line.startsWith('id: ')) ids.push(Number(line.slice(4)));
    });
    await eventually('the rest arrives', () => ids.at(-1) === 10_000);
    expect(ids).toEqual(upTo(10_000));
    socket.destroy();
  });

  it('whose stream the database cuts goes on where it was, and nobody else notices', async () => {
    const till = new ATill(notifications);
    const source = await follow(till);
    await untilWaiting(till);
    await notifications.append(till.accountId, 'device.online');
    await eventually('the first', () => source.heard.length === 1);
    const { dataSource } = notifications.database;
    const query = dataSource.query.bind(dataSource);
    dataSource.query = () => Promise.reject(new Error('the database is away'));
    await untilWaiting(till);
    notifications.wakeUps.signal(till.topic);
    await eventually('it is cut', () => !source.isOpen);
    dataSource.query = query;
    const again = await source.again();
    open.push(again);
    await notifications.append(till.accountId, 'device.offline');
    await eventually('the second', () => again.heard.length === 1);
    expect(again.ids).toEqual([2]);
  });

  it('who waits without news is told now and then that the stream lives', async () => {
    const gone = new AbortController();
    const impatient = new ImpatientLog(notifications.get(EventLogReader), notifications.get(LogWatch));
    const accountId = randomUUID();
    const signs = [];
    const position = { accountId, after: null, types: null };
    const pages = await impatient.follow(position, gone.signal);
    for await (const chunk of eventStream(pages)) {
      signs.push(String(chunk));
      if (signs.length === 3) gone.abort();
    }
    expect(signs.slice(0, 3)).toEqual(['retry: 1000\n\n', ': alive\n\n', ': alive\n\n']);
  });

  it('who waits without news costs one look at the log for each sign of life', async () => {
    const gone = new AbortController();
    const impatient = new ImpatientLog(notifications.get(EventLogReader), notifications.get(LogWatch));
    const { reads, stop } = countReads();
    const position = { accountId: randomUUID(), after: 0, types: null };
    let signs = 0;
    for await (const events of await impatient.follow(position, gone.signal)) {
      expect(events).toEqual([]);
      if ((signs += 1) === 3) gone.abort();
    }
    expect(reads()).toBe(1 + signs);
    stop();
  });

  it('who is gone does not get what was just being read', async () => {
    const till = new ATill(notifications);
    await notifications.append(till.accountId, 'device.online');
    const position = { accountId: till.accountId, after: 0, types: null };
    const { dataSource } = notifications.database;
    const query = dataSource.query.bind(dataSource);
    const gone = new AbortController();
    let heard = 0;
    for await (const events of await notifications.get(FollowLog).follow(position, gone.signal)) {
      heard += events.length;
      await notifications.append(till.accountId, 'device.offline');
      dataSource.query = ((sql: string, values?: unknown[]) => {
        gone.abort();
        return query(sql, values);
      }) as typeof dataSource.query;
    }
    dataSource.query = query;
    expect(heard).toBe(1);
  });
});

/** 4 KiB each: more than the system keeps for a connection that nobody reads. */
async function manyLongEvents(accountId: string, count: number): Promise<void> {
  await notifications.query('INSERT INTO notifications.log (account_id, last_sequence) VALUES ($1, $2)', [
    accountId,
    count,
  ]);
  await notifications.query(
    `INSERT INTO notifications.event (account_id, sequence, id, type, data, occurred_at, logged_at)
     SELECT $1, n, gen_random_uuid(), 'device.online', json_build_object('x', repeat('x', 4096)), now(), now()
       FROM generate_series(1, $2) AS n`,
    [accountId, count],
  );
}

/** How often the log is read from now on. */
function countReads(): { reads: () => number; stop: () => void } {
  const { dataSource } = notifications.database;
  const query = dataSource.query.bind(dataSource);
  let count = 0;
  dataSource.query = ((sql: string, values?: unknown[]) => {
    if (sql.includes('notifications.event')) count += 1;
    return query(sql, values);
  }) as typeof dataSource.query;
  return { reads: () => count, stop: () => (dataSource.query = query) };
}
