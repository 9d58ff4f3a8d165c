import { randomUUID } from 'node:crypto';
import { Controller, Global, type INestApplication, Module, type Type } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { DataSource } from 'typeorm';
import { DeviceUnpaired, type DomainEvent, eventOf, UserDeactivated } from '#contracts';
import { DatabaseModule, DatabaseSettings, type Tx, UnitOfWork } from '#database';
import { connectSubscribers, messagingSchema, MessagingModule, MessagingSettings, On, Outbox } from '#messaging';
import { connectedTo } from '../../support/database.js';

export interface Road {
  readonly databaseUrl: string;
  /** Null: in process. */
  readonly brokerUrl: string | null;
  readonly prefix: string;
}

export interface RunningApp {
  readonly app: INestApplication;
  /** Commits each event in a transaction of its own. */
  say(...events: DomainEvent[]): Promise<void>;
  stop(): Promise<void>;
}

/** Like a platform process, with nothing but messaging and these reactions. */
export async function anApp(road: Road, reactions: readonly Type[]): Promise<RunningApp> {
  const module = await Test.createTestingModule({ imports: [rootOf(road, reactions)] }).compile();
  const app = module.createNestApplication(new FastifyAdapter());
  app.useLogger(false);
  connectSubscribers(app);
  try {
    await app.startAllMicroservices();
    await app.init();
  } catch (error) {
    await app.close();
    throw error;
  }
  return {
    app,
    say: async (...events) => {
      for (const event of events) await say(app, event);
    },
    stop: () => app.close(),
  };
}

function rootOf(road: Road, reactions: readonly Type[]): Type {
  const settings = [
    { provide: DatabaseSettings, useValue: { url: road.databaseUrl, contexts: [messagingSchema], poolSize: 10 } },
    { provide: MessagingSettings, useValue: { brokerUrl: road.brokerUrl, prefix: road.prefix } },
  ];
  @Global()
  @Module({ providers: settings, exports: settings.map(({ provide }) => provide) })
  class Wiring {}
  @Module({
    imports: [Wiring, DatabaseModule, MessagingModule.over(road.brokerUrl ? 'rabbitmq' : 'in-process')],
    controllers: [...reactions],
  })
  class Root {}
  return Root;
}

export async function say(app: INestApplication, ...events: DomainEvent[]): Promise<void> {
  await app.get(UnitOfWork).run((tx) => app.get(Outbox).append(tx, events));
}

/** What reactions write; without a key, so that a second effect of one event would be seen. */
export async function makeEffects(dataSource: DataSource): Promise<void> {
  const { url } = dataSource.options as { url?: string };
  const table = 'CREATE TABLE effects (subscriber text NOT NULL, event uuid NOT NULL)';
  // The platform itself may make no tables.
  await connectedTo(url ?? '', (client) => client.query(`${table}; GRANT ALL ON effects TO PUBLIC`));
}

export const effect = async (tx: Tx, subscriber: string, { id }: DomainEvent): Promise<void> => {
  await tx.manager.query('INSERT INTO effects VALUES ($1, $2)', [subscriber, id]);
};

/** The events that had an effect at this subscriber, each as often as it had one. */
export async function effectsOf(dataSource: DataSource, subscriber: string): Promise<string[]> {
  const rows: { event: string }[] = await dataSource.query(
    'SELECT event FROM effects WHERE subscriber = $1 ORDER BY event',
    [subscriber],
  );
  return rows.map(({ event }) => event);
}

export const idsOf = (events: readonly DomainEvent[]): string[] => events.map(({ id }) => id).sort();

export const aDeviceUnpaired = (id: string = randomUUID()): DomainEvent => {
  const [deviceId, accountId] = [randomUUID(), randomUUID()];
  return eventOf(DeviceUnpaired, {
    id,
    aggregateId: deviceId,
    sequence: 1,
    accountId,
    occurredAt: new Date(),
    data: { deviceId, accountId, code: 'BCDF', sessionNumber: 1, by: null },
  });
};

export const aUserDeactivated = (): DomainEvent => {
  const [userId, accountId] = [randomUUID(), randomUUID()];
  return eventOf(UserDeactivated, {
    id: randomUUID(),
    aggregateId: accountId,
    sequence: 1,
    accountId,
    occurredAt: new Date(),
    data: { userId, accountId },
  });
};

export const many = (count: number): DomainEvent[] => Array.from({ length: count }, () => aDeviceUnpaired());

/** A reaction to DeviceUnpaired that leaves its effect, after `before` and with `tx` in hand. */
export function reactionOf(subscriber: string, before: (event: DomainEvent, tx: Tx) => unknown = () => undefined) {
  @Controller()
  class OnDeviceUnpaired {
    @On(DeviceUnpaired, subscriber)
    async handle(event: DomainEvent, tx: Tx): Promise<void> {
      await before(event, tx);
      await effect(tx, subscriber, event);
    }
  }
  return OnDeviceUnpaired;
}
