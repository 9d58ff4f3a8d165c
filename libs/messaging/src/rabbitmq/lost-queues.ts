import type { DomainEvent } from '#contracts';
import { Injectable, Logger } from '@nestjs/common';
import type { ChannelModel } from 'amqplib';
import { DataSource } from 'typeorm';
import { RabbitmqPublisher } from './rabbitmq-publisher.js';

const page = 500;
/** Lets the publisher's own channel come up after a connect. */
const firstAfterMs = 500;
const againAfterMs = 2_000;

/** A broker that forgets everything costs time, not events: what the outbox still keeps is published to the lost queue again. */
@Injectable()
export class LostQueues {
  private readonly logger = new Logger(LostQueues.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly publisher: RabbitmqPublisher,
  ) {}

  /** True when the queue was declared before and is not there now. */
  async isLost(model: ChannelModel, queue: string): Promise<boolean> {
    if (await exists(model, queue)) return false;
    const known: unknown[] = await this.dataSource.query('SELECT 1 FROM messaging.declared_queue WHERE name = $1', [
      queue,
    ]);
    return known.length > 0;
  }

  async remember(queue: string): Promise<void> {
    await this.dataSource.query('INSERT INTO messaging.declared_queue (name) VALUES ($1) ON CONFLICT DO NOTHING', [
      queue,
    ]);
  }

  /** Goes on in the background until everything is in the queue again; the inbox drops what had its effect. */
  refill(subscriber: string, events: readonly string[]): void {
    this.logger.warn(`the queue of ${subscriber} was lost; its events of the last days are published again`);
    setTimeout(() => {
      this.republish(subscriber, events).then(
        (count) => {
          this.logger.log(`${count} events were published to ${subscriber} again`);
        },
        () =>
          setTimeout(() => {
            this.refill(subscriber, events);
          }, againAfterMs).unref(),
      );
    }, firstAfterMs).unref();
  }

  private async republish(subscriber: string, events: readonly string[]): Promise<number> {
    const upTo = new Date();
    let after = { at: new Date(0).toISOString(), id: '00000000-0000-0000-0000-000000000000' };
    for (let count = 0; ;) {
      const rows = await this.page(events, upTo, after);
      await Promise.all(rows.map(({ event }) => this.publisher.republish(subscriber, event)));
      count += rows.length;
      const last = rows.at(-1);
      if (!last || rows.length < page) return count;
      after = { at: last.at, id: last.event.id };
    }
  }

  /** Sent rows only: unsent ones are the sweeper's. Reading by cursor is safe here, for all of them lie before `upTo`. */
  private async page(
    events: readonly string[],
    upTo: Date,
    after: { at: string; id: string },
  ): Promise<{ event: DomainEvent; at: string }[]> {
    return this.dataSource.query(
      `SELECT event, sent_at::text AS at FROM messaging.outbox
        WHERE sent_at <= $1 AND name = ANY($2) AND (sent_at, id) > ($3::timestamptz, $4::uuid)
        ORDER BY sent_at, id LIMIT $5`,
      [upTo, events, after.at, after.id, page],
    );
  }
}

/** On a channel of its own, for a missing queue closes it. */
async function exists(model: ChannelModel, queue: string): Promise<boolean> {
  const channel = await model.createChannel();
  channel.on('error', () => undefined);
  try {
    await channel.checkQueue(queue);
    await channel.close();
    return true;
  } catch {
    return false;
  }
}
