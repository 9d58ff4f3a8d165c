import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { DomainEvent } from '#contracts';
import { UnitOfWork } from '#database';
import {
  DeadLetters,
  EventPublisher,
  MessagingHealth,
  messagingSchema,
  NodeMail,
  Outbox,
  republishSince,
  WakeUps,
} from '#messaging';
import { sharedBroker, type SharedBroker } from '../../support/broker.js';
import { aTestDatabase, type TestDatabase } from '../../support/database.js';
import { eventually } from '../../support/eventually.js';
import {
  aDeviceUnpaired,
  anApp,
  aUserDeactivated,
  effectsOf,
  idsOf,
  makeEffects,
  many,
  reactionOf,
  type Road,
  type RunningApp,
} from './support.js';

describe.each(['in-process', 'rabbitmq'] as const)('the road of an event, %s', (kind) => {
  let database: TestDatabase;
  let broker: SharedBroker;
  let road: Road;
  let running: RunningApp[] = [];

  const start = async (...reactions: Parameters<typeof anApp>[1]): Promise<RunningApp> => {
    const app = await anApp(road, reactions);
    running.push(app);
    await eventually('the app is connected', () => app.app.get(MessagingHealth).isConnected);
    return app;
  };
  const effects = (subscriber: string): Promise<string[]> => effectsOf(database.dataSource, subscriber);
  const hadEffectOnce = (subscriber: string, events: readonly DomainEvent[]): Promise<void> =>
    eventually(`${subscriber} has seen each event once`, async () => {
      expect(await effects(subscriber)).toEqual(idsOf(events));
    });
  const unsent = async (): Promise<number> => {
    const [row]: { count: number }[] = await database.dataSource.query(
      'SELECT count(*)::int AS count FROM messaging.outbox WHERE sent_at IS NULL',
    );
    return row?.count ?? -1;
  };

  beforeEach(async () => {
    database = await aTestDatabase({ contexts: [messagingSchema] });
    await makeEffects(database.dataSource);
    broker = sharedBroker();
    road = { databaseUrl: database.url, brokerUrl: kind === 'rabbitmq' ? broker.url : null, prefix: broker.prefix };
  });
  afterEach(async () => {
    for (const app of running) await app.stop();
    running = [];
    await broker.clean(['alpha', 'beta']);
    await database.drop();
  });

  it('brings each committed event to each subscriber once, with the event and the transaction in hand', async () => {
    const seen: DomainEvent[] = [];
    const app = await start(
      reactionOf('alpha', (event) => void seen.push(event)),
      reactionOf('beta'),
    );
    const events = many(30);
    await app.say(...events);
    await hadEffectOnce('alpha', events);
    await hadEffectOnce('beta', events);
    expect(seen.find(({ id }) => id === events[0]?.id)).toEqual(events[0]);
    await eventually('all rows are marked as sent', async () => (await unsent()) === 0);
  });

  it('never publishes what was rolled back', async () => {
    const app = await start(reactionOf('alpha'));
    const [kept, dropped] = [aDeviceUnpaired(), aDeviceUnpaired()];
    const refusal = app.app.get(UnitOfWork).run(async (tx) => {
      await app.app.get(Outbox).append(tx, [dropped]);
      throw new Error('changed my mind');
    });
    await expect(refusal).rejects.toThrow('changed my mind');
    await app.say(kept);
    await hadEffectOnce('alpha', [kept]);
  });

  it('publishes what commits late, although younger events are long gone', async () => {
    const app = await start(reactionOf('alpha'));
    const [late, early] = [aDeviceUnpaired(), many(20)];
    await app.app.get(UnitOfWork).run(async (tx) => {
      await app.app.get(Outbox).append(tx, [late]);
      await app.say(...early);
      await hadEffectOnce('alpha', early);
    });
    await hadEffectOnce('alpha', [late, ...early]);
  });

  it('publishes what a process left unsent', async () => {
    const left = aDeviceUnpaired();
    await database.dataSource.query(
      `INSERT INTO messaging.outbox (id, name, event, created_at) VALUES ($1, $2, $3, now() - interval '1 hour')`,
      [left.id, left.name, JSON.stringify(left)],
    );
    await start(reactionOf('alpha'));
    await hadEffectOnce('alpha', [left]);
    await eventually('it is marked as sent', async () => (await unsent()) === 0);
  });

  it('leaves what a newer process said, and this one does not know, for one that does', async () => {
    const leave = (name: string, event: DomainEvent) =>
      database.dataSource.query(
        `INSERT INTO messaging.outbox (id, name, event, created_at) VALUES ($1, $2, $3, now() - interval '1 hour')`,
        [event.id, name, JSON.stringify({ ...event, name })],
      );
    const [newer, known] = [aDeviceUnpaired(), aDeviceUnpaired()];
    await leave('OfANewerVersion', newer);
    await leave(known.name, known);
    await start(reactionOf('alpha'));
    await hadEffectOnce('alpha', [known]);
    await eventually('what it knows is marked as sent', async () => (await unsent()) === 1);
    expect(await database.dataSource.query('SELECT id FROM messaging.outbox WHERE sent_at IS NULL')).toEqual([
      { id: newer.id },
    ]);
    await database.dataSource.query('DELETE FROM messaging.outbox WHERE id = $1', [newer.id]);
  });

  it("tries a failed reaction again until it works, and keeps its failure out of another subscriber's way", async () => {
    let failures = 0;
    const app = await start(
      reactionOf('alpha', async (event, tx) => {
        await tx.manager.query(`INSERT INTO effects VALUES ('undone', $1)`, [event.id]);
        if ((failures += 1) <= 3) throw new Error('not yet');
      }),
      reactionOf('beta'),
    );
    const event = aDeviceUnpaired();
    await app.say(event);
    await hadEffectOnce('beta', [event]);
    await hadEffectOnce('alpha', [event]);
    expect(await effects('undone')).toEqual([event.id]);
    expect(failures).toBe(4);
  });

  it('drops what was delivered before', async () => {
    const app = await start(reactionOf('alpha'));
    const event = aDeviceUnpaired();
    const publisher = app.app.get(EventPublisher);
    await Promise.all([1, 2, 3, 4].map(() => publisher.publish(event)));
    await publisher.publish(event);
    const last = aDeviceUnpaired();
    await publisher.publish(last);
    await hadEffectOnce('alpha', [event, last]);
  });

  it('counts an event that nobody asked for as sent', async () => {
    const app = await start(reactionOf('alpha'));
    await app.say(aUserDeactivated());
    await eventually('it is marked as sent', async () => (await unsent()) === 0);
  });

  it('puts a message aside at once that breaks its contract, and goes on', async () => {
    const app = await start(reactionOf('alpha'));
    const broken = { ...aDeviceUnpaired(), data: { deviceId: 'none' } };
    const event = aDeviceUnpaired();
    await app.say(broken, event);
    await hadEffectOnce('alpha', [event]);
    const health = app.app.get(MessagingHealth);
    await eventually('one dead letter is counted', async () => (await health.facts()).deadLetters === 1);
    const [letter] = await app.app.get(DeadLetters).list();
    expect(letter).toMatchObject({ id: broken.id, subscriber: 'alpha', event: broken.name, retrying: false });
    expect(letter?.reason).toContain('deviceId');
    expect(letter?.reason).not.toContain('none');
  });

  it('puts a message aside after 20 failures, while the others pass', async () => {
    const poison = aDeviceUnpaired();
    const deadLetters = new DeadLetters(database.dataSource);
    let tries = 0;
    const app = await start(
      reactionOf('alpha', async ({ id }) => {
        if (id !== poison.id) return;
        // What was put aside a moment ago, the outbox may bring once more: at least once is its promise.
        if (!(await deadLetters.holds('alpha', id))) tries += 1;
        throw new Error('poison');
      }),
    );
    const events = many(20);
    await app.say(poison, ...events);
    await hadEffectOnce('alpha', events);
    const health = app.app.get(MessagingHealth);
    await eventually('it is a dead letter', async () => (await health.facts()).deadLetters === 1, 50_000);
    // The broker counts returns: a message with 20 of them was tried 21 times.
    expect(tries).toBe(kind === 'rabbitmq' ? 21 : 20);
    await eventually('nothing is left to send', async () => (await health.facts()).unsent === 0, 30_000);
  });

  it('tries what was put aside again when somebody asks: once for each time, until it is taken', async () => {
    let heals = false;
    let tries = 0;
    const app = await start(
      reactionOf('alpha', () => {
        tries += 1;
        if (!heals) throw new Error('not healed');
      }),
      reactionOf('beta'),
    );
    const deadLetters = app.app.get(DeadLetters);
    const event = aDeviceUnpaired();
    await deadLetters.add({ ...untaken(event), reason: 'it was ill' });
    expect(await deadLetters.retry()).toBe(1);
    await eventually('its reason is that of the last try', async () => {
      expect(await deadLetters.list()).toMatchObject([{ id: event.id, reason: 'not healed', retrying: false }]);
    });
    heals = true;
    await deadLetters.retry();
    await eventually('it is forgotten', async () => (await deadLetters.list()).length === 0);
    expect(await effects('alpha')).toEqual([event.id]);
    expect(await effects('beta')).toEqual([]);
    expect(tries).toBe(2);
  });

  it('tries again only what concerns the account that asks', async () => {
    const app = await start(reactionOf('alpha'));
    const deadLetters = app.app.get(DeadLetters);
    const [own, foreign] = [aDeviceUnpaired(), aDeviceUnpaired()];
    await deadLetters.add(untaken(foreign));
    await deadLetters.add(untaken(own));
    expect(await deadLetters.list(own.accountId)).toMatchObject([{ id: own.id }]);
    expect(await deadLetters.retry(own.accountId)).toBe(1);
    await hadEffectOnce('alpha', [own]);
    await eventually('the one that was taken is forgotten, and no other', async () => {
      expect(await deadLetters.list()).toMatchObject([{ id: foreign.id, retrying: false }]);
    });
  });

  it('keeps what is no event as it came, and tries it never', async () => {
    const app = await start(reactionOf('alpha'));
    const deadLetters = app.app.get(DeadLetters);
    const content = Buffer.from([0xff, 0x00, 0x7b]);
    await deadLetters.add({ subscriber: 'alpha', messageId: undefined, content, reason: 'not JSON' });
    expect(await deadLetters.list()).toMatchObject([{ event: null, accountId: null, reason: 'not JSON' }]);
    expect(await deadLetters.retry()).toBe(0);
    const kept: unknown = await database.dataSource.query('SELECT content FROM messaging.dead_letter');
    expect(kept).toEqual([{ content }]);
  });

  it('publishes again what was said since a time, and what had its effect has none again', async () => {
    const app = await start(reactionOf('alpha'));
    const events = many(5);
    await app.say(...events);
    await hadEffectOnce('alpha', events);
    await eventually('all rows are marked as sent', async () => (await unsent()) === 0);
    const [forgotten] = events;
    for (const row of ['effects WHERE event', 'messaging.inbox WHERE message_id'])
      await database.dataSource.query(`DELETE FROM ${row} = $1`, [forgotten?.id]);
    expect(await republishSince(database.dataSource, new Date(Date.now() + 60_000))).toBe(0);
    expect(await republishSince(database.dataSource, new Date(Date.now() - 60_000))).toBe(events.length);
    await eventually('they are sent again', async () => (await unsent()) === 0);
    await hadEffectOnce('alpha', events);
  });

  it('refuses two reactions of one subscriber to one event', async () => {
    await expect(start(reactionOf('alpha'), reactionOf('alpha'))).rejects.toThrow(
      'alpha reacts to DeviceUnpaired in two places',
    );
  });

  it('ends the reactions that run before it stops', async () => {
    let begun = false;
    const app = await start(
      reactionOf('alpha', async (_event, tx) => {
        begun = true;
        await tx.manager.query('SELECT pg_sleep(0.5)');
      }),
    );
    const event = aDeviceUnpaired();
    await app.say(event);
    await eventually('the reaction runs', () => begun);
    await app.stop();
    running = [];
    expect(await effects('alpha')).toEqual([event.id]);
  });

  it('carries letters to the node they are for, and drops those for a node that is gone', async () => {
    const app = await start(reactionOf('alpha'));
    const mail = app.app.get(NodeMail);
    const received: unknown[] = [];
    await mail.receive('node-1', (message) => {
      received.push(message);
    });
    mail.send('node-2', { frame: 'lost' });
    mail.send('node-1', { frame: 'kept' });
    await eventually('the letter is there', () => {
      expect(received).toEqual([{ frame: 'kept' }]);
    });
  });

  it('wakes a waiter of its topic, and no other', async () => {
    const app = await start(reactionOf('alpha'));
    const wakeUps = app.app.get(WakeUps);
    const woken: string[] = [];
    const abort = new AbortController();
    const waiting = ['payment:1', 'payment:2'].map(async (topic) => {
      const signalled = await wakeUps.wait(topic, 60_000, abort.signal);
      woken.push(topic);
      return signalled;
    });
    wakeUps.signal('payment:2');
    await eventually('one is awake', () => woken.length > 0);
    expect(woken).toEqual(['payment:2']);
    abort.abort();
    expect(await Promise.all(waiting)).toEqual([false, true]);
    expect(await wakeUps.wait('payment:3', 1)).toBe(false);
  });
});

const untaken = (event: DomainEvent) => ({
  subscriber: 'alpha',
  messageId: event.id,
  content: Buffer.from(JSON.stringify(event)),
  reason: 'poison',
});
