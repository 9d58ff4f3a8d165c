import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { connect } from 'amqplib';
import type { DomainEvent } from '#contracts';
import { EventPublisher, MessagingHealth, messagingSchema, NodeMail, WakeUps } from '#messaging';
import { type OwnBroker, startBroker } from '../../support/broker.js';
import { aTestDatabase, type TestDatabase } from '../../support/database.js';
import { eventually } from '../../support/eventually.js';
import {
  aDeviceUnpaired,
  anApp,
  effectsOf,
  idsOf,
  makeEffects,
  many,
  reactionOf,
  type Road,
  type RunningApp,
} from './support.js';

jest.setTimeout(300_000);

/** Two processes with the same two subscribers; the reactions of `alpha` fail while the gate is closed. */
describe('a broker that fails', () => {
  let broker: OwnBroker;
  let database: TestDatabase;
  let road: Road;
  let apps: RunningApp[] = [];
  let gateIsOpen = true;
  let round = 0;

  const isConnected = (app: RunningApp): boolean => app.app.get(MessagingHealth).isConnected;
  const allConnected = (): Promise<boolean> =>
    eventually('all are connected', () => apps.length > 0 && apps.every(isConnected), 60_000);
  const start = async (): Promise<RunningApp> => {
    const gated = reactionOf('alpha', () => {
      if (!gateIsOpen) throw new Error('the gate is closed');
    });
    const app = await anApp(road, [gated, reactionOf('beta')]);
    apps.push(app);
    return app;
  };
  const startTwo = async (): Promise<readonly [RunningApp, RunningApp]> => {
    const two = [await start(), await start()] as const;
    await allConnected();
    return two;
  };
  const hadEffectOnce = (subscriber: string, events: readonly DomainEvent[]): Promise<void> =>
    eventually(
      `${subscriber} has seen each event once`,
      async () => {
        expect(await effectsOf(database.dataSource, subscriber)).toEqual(idsOf(events));
      },
      90_000,
    );
  const allSent = (): Promise<boolean> =>
    eventually('all rows are marked as sent', async () => {
      const rows: unknown[] = await database.dataSource.query('SELECT 1 FROM messaging.outbox WHERE sent_at IS NULL');
      return rows.length === 0;
    });
  /** Sent, confirmed, and only in the broker: nobody has taken them yet. */
  const lieInTheBroker = async (app: RunningApp, events: readonly DomainEvent[]): Promise<void> => {
    gateIsOpen = false;
    await app.say(...events);
    await allSent();
    await hadEffectOnce('beta', events);
  };

  beforeAll(async () => {
    broker = await startBroker();
  });
  beforeEach(async () => {
    gateIsOpen = true;
    database = await aTestDatabase({ contexts: [messagingSchema] });
    await makeEffects(database.dataSource);
    road = { databaseUrl: database.url, brokerUrl: broker.url, prefix: `test-${(round += 1)}` };
  });
  afterEach(async () => {
    for (const app of apps) await app.stop();
    apps = [];
    await database.drop();
  });
  afterAll(() => broker.remove());

  it('and is restarted and then killed, both under load: nothing is lost, each effect once', async () => {
    const [one, two] = await startTwo();
    const events = many(200);
    const saying = Promise.all([one.say(...events.slice(0, 100)), two.say(...events.slice(100))]);
    await broker.stop();
    await broker.start();
    await saying;
    // Killed only now: RabbitMQ 3.10 never finds a quorum queue again that was declared within the half second before.
    const later = many(200);
    const sayingLater = Promise.all([one.say(...later.slice(0, 100)), two.say(...later.slice(100))]);
    await broker.kill();
    await broker.start();
    await sayingLater;
    await hadEffectOnce('alpha', [...events, ...later]);
    await hadEffectOnce('beta', [...events, ...later]);
    await allSent();
  });

  it('and is killed under load and forgets everything: nothing is lost, each effect once', async () => {
    const [one, two] = await startTwo();
    const before = many(50);
    await lieInTheBroker(one, before);
    const during = many(100);
    const saying = two.say(...during);
    await broker.wipe();
    gateIsOpen = true;
    await saying;
    await hadEffectOnce('alpha', [...before, ...during]);
    await hadEffectOnce('beta', [...before, ...during]);
  });

  it('and loses one queue, for somebody deleted it: its events come again', async () => {
    const [one] = await startTwo();
    const events = many(20);
    await lieInTheBroker(one, events);
    const connection = await connect(broker.url);
    await (await connection.createChannel()).deleteQueue(`${road.prefix}.alpha`);
    await connection.close();
    gateIsOpen = true;
    await hadEffectOnce('alpha', events);
    await hadEffectOnce('beta', events);
  });

  it('and forgets everything while the platform is stopped: its events come again at the next start', async () => {
    const [one, two] = await startTwo();
    const events = many(20);
    await lieInTheBroker(one, events);
    await one.stop();
    await two.stop();
    apps = [];
    await broker.wipe();
    gateIsOpen = true;
    await start();
    await hadEffectOnce('alpha', events);
  });

  it('and stands still: commits go on, and their events follow', async () => {
    const [one] = await startTwo();
    broker.freeze();
    const events = many(20);
    await one.say(...events);
    const report = one.app.get(EventPublisher).publish(aDeviceUnpaired());
    await expect(report).rejects.toThrow('did not confirm in time');
    broker.thaw();
    await eventually('alpha has what was committed', async () => {
      expect(await effectsOf(database.dataSource, 'alpha')).toEqual(expect.arrayContaining(idsOf(events)));
    });
    await allSent();
  });

  it('and has no memory left: commits and acknowledgements go on, and the events follow', async () => {
    const [one] = await startTwo();
    const before = many(20);
    await lieInTheBroker(one, before);
    await broker.alarm(true);
    const during = many(20);
    await one.say(...during);
    await eventually('it is refused at once what cannot be sent', async () => {
      await expect(one.app.get(EventPublisher).publish(aDeviceUnpaired())).rejects.toThrow('takes nothing');
    });
    gateIsOpen = true;
    await eventually('alpha has each of those before once', async () => {
      // The first thing that a connection publishes after the alarm still passes.
      const effects = await effectsOf(database.dataSource, 'alpha');
      expect(effects.filter((id) => idsOf(before).includes(id))).toEqual(idsOf(before));
    });
    await broker.alarm(false);
    await eventually('alpha has the others too', async () => {
      expect(await effectsOf(database.dataSource, 'alpha')).toEqual(
        expect.arrayContaining(idsOf([...before, ...during])),
      );
    });
    await allSent();
  });

  it('is waited for at the start, and health says so', async () => {
    await broker.stop();
    const app = await start();
    expect(isConnected(app)).toBe(false);
    const event = aDeviceUnpaired();
    await app.say(event);
    await broker.start();
    await allConnected();
    await hadEffectOnce('alpha', [event]);
  });

  it('comes back: letters and wake-ups go between processes again, and who reports is told', async () => {
    const [one, two] = await startTwo();
    let told = 0;
    one.app.get(EventPublisher).onReconnect(() => (told += 1));
    const letters: unknown[] = [];
    await one.app.get(NodeMail).receive('node-1', (letter) => letters.push(letter));
    await broker.stop();
    await eventually('both have seen it go', () => !apps.some(isConnected));
    await broker.start();
    await allConnected();
    expect(told).toBe(1);
    two.app.get(NodeMail).send('node-1', 'for one');
    await eventually('the letter is there', () => letters.includes('for one'));
    let awake = false;
    void one.app
      .get(WakeUps)
      .wait('payment:1', 60_000)
      .then(() => (awake = true));
    two.app.get(WakeUps).signal('payment:1');
    await eventually('the waiter in the other process is awake', () => awake);
  });
});
