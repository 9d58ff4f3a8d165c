import type { DomainEvent } from '#contracts';
import { Injectable, Logger } from '@nestjs/common';
import type { ChannelModel } from 'amqplib';
import { DataSource, type EntityManager } from 'typeorm';
import { RepeatingTask } from '../repeating-task.js';
import { RabbitmqPublisher } from './rabbitmq-publisher.js';
import { Topology } from './topology.js';
import { MessagingSettings } from '../messaging-settings.js';

/** Any fixed number: one process at a time fills queues again. */
const lock = 7_455_431;
const everyMs = 2_000;
const pageRows = 500;

interface Row {
  readonly id: string;
  readonly event: DomainEvent;
  /** With microseconds, which a Date would cut off. */
  readonly createdAt: string;
}

/**
 * A broker that forgets everything costs time, not events. That a queue was lost is written down before it is declared again,
 * so that any process can publish to it what the outbox still keeps, also when the one that saw it is gone.
 */
@Injectable()
export class LostQueues {
  private readonly logger = new Logger('lost queues');
  private readonly topology: Topology;
  private readonly task = new RepeatingTask('lost queues', everyMs, () => this.refillOne());
  private subscribers: ReadonlyMap<string, readonly string[]> = new Map();

  constructor(
    private readonly dataSource: DataSource,
    private readonly publisher: RabbitmqPublisher,
    settings: MessagingSettings,
  ) {
    this.topology = new Topology(settings.prefix);
  }

  /** `subscribers`: the events of each. */
  start(subscribers: ReadonlyMap<string, readonly string[]>): void {
    this.subscribers = subscribers;
    this.task.start();
  }

  async stop(): Promise<void> {
    await this.task.stop();
  }

  /** Before the queue is declared: if it is missing now and was there once, it lost what was in it. */
  async noteIfMissing(model: ChannelModel, subscriber: string): Promise<void> {
    const queue = this.topology.queueOf(subscriber);
    if (await exists(model, queue)) return;
    await this.dataSource.query('UPDATE messaging.declared_queue SET lost_at = clock_timestamp() WHERE name = $1', [
      queue,
    ]);
  }

  async noteDeclared(subscriber: string): Promise<void> {
    await this.dataSource.query('INSERT INTO messaging.declared_queue (name) VALUES ($1) ON CONFLICT DO NOTHING', [
      this.topology.queueOf(subscriber),
    ]);
  }

  private async refillOne(): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const [lost]: { name: string; lostAt: string }[] = await manager.query(
        `SELECT name, lost_at::text AS "lostAt" FROM messaging.declared_queue
          WHERE lost_at IS NOT NULL AND name = ANY($1) AND pg_try_advisory_xact_lock($2) LIMIT 1`,
        [[...this.subscribers.keys()].map((subscriber) => this.topology.queueOf(subscriber)), lock],
      );
      if (!lost) return;
      const [subscriber, events] = this.subscriberOf(lost.name);
      const count = await this.republish(manager, subscriber, events);
      // Lost once more in the meantime: then the row says so, and this was in vain.
      await manager.query('UPDATE messaging.declared_queue SET lost_at = NULL WHERE name = $1 AND lost_at::text = $2', [
        lost.name,
        lost.lostAt,
      ]);
      this.logger.warn(`the broker had lost the queue of ${subscriber}: ${count} events were published to it again`);
    });
  }

  private subscriberOf(queue: string): [string, readonly string[]] {
    const found = [...this.subscribers].find(([subscriber]) => this.topology.queueOf(subscriber) === queue);
    if (!found) throw new Error(`no subscriber of ${queue} is here`);
    return found;
  }

  /** All that the outbox keeps, sent or not; the inbox drops what had its effect. What commits later goes the ordinary road. */
  private async republish(manager: EntityManager, subscriber: string, events: readonly string[]): Promise<number> {
    let count = 0;
    let page = await pageAfter(manager, events, undefined);
    while (page.length > 0) {
      await Promise.all(page.map(({ event }) => this.publisher.republish(subscriber, event)));
      count += page.length;
      page = await pageAfter(manager, events, page.at(-1));
    }
    return count;
  }
}

async function pageAfter(manager: EntityManager, events: readonly string[], last: Row | undefined): Promise<Row[]> {
  return manager.query(
    `SELECT id, event, created_at::text AS "createdAt" FROM messaging.outbox
      WHERE name = ANY($1) AND ($2::timestamptz IS NULL OR (created_at, id) > ($2::timestamptz, $3::uuid))
      ORDER BY created_at, id LIMIT $4`,
    [events, last?.createdAt ?? null, last?.id ?? null, pageRows],
  );
}

/** On a channel of its own, for a missing queue closes it. */
async function exists(model: ChannelModel, queue: string): Promise<boolean> {
  const channel = await model.createChannel();
  channel.on('error', () => undefined);
  try {
    await channel.checkQueue(queue);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 404) return false;
    throw error;
  }
  await channel.close();
  return true;
}
