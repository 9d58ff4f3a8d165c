import type { DomainEvent } from '#contracts';
import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Delivery } from '../inbox/delivery.js';
import { parseEvent } from '../inbox/parse-event.js';
import { RepeatingTask } from '../repeating-task.js';
import type { Reactions } from '../subscriptions.js';
import { reasonOf } from './dead-letters.js';

const everyMs = 2_000;

interface Claimed {
  readonly id: string;
  readonly subscriber: string;
  readonly event: DomainEvent;
}

/** Tries dead letters again that somebody asked for: once for each time, straight at their subscriber. */
@Injectable()
export class DeadLetterRetries {
  private readonly logger = new Logger('dead letters');
  private readonly task = new RepeatingTask('dead letters', everyMs, () => this.retryAsked());
  private subscriptions: ReadonlyMap<string, Reactions> = new Map();

  constructor(
    private readonly dataSource: DataSource,
    private readonly delivery: Delivery,
  ) {}

  start(subscriptions: ReadonlyMap<string, Reactions>): void {
    this.subscriptions = subscriptions;
    this.task.start();
  }

  async stop(): Promise<void> {
    await this.task.stop();
  }

  private async retryAsked(): Promise<void> {
    for (let next = await this.claim(); next; next = await this.claim()) await this.retryOne(next);
  }

  /** The wish is taken back before the try: a message that kills the process must not kill the next one too. */
  private async claim(): Promise<Claimed | undefined> {
    const [rows]: [Claimed[], number] = await this.dataSource.query(
      `UPDATE messaging.dead_letter SET retry_at = NULL
        WHERE (subscriber, message_id) = (
          SELECT subscriber, message_id FROM messaging.dead_letter
           WHERE retry_at IS NOT NULL AND subscriber = ANY($1) ORDER BY retry_at LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING message_id AS id, subscriber, event`,
      [[...this.subscriptions.keys()]],
    );
    return rows[0];
  }

  private async retryOne({ id, subscriber, event }: Claimed): Promise<void> {
    try {
      const parsed = parseEvent(event);
      const handler = this.subscriptions.get(subscriber)?.get(parsed.name);
      if (!handler) throw new Error(`${subscriber} does not react to ${parsed.name} in this version`);
      await this.delivery.deliver(subscriber, parsed, handler);
    } catch (error) {
      this.logger.warn(`message ${id} failed at ${subscriber} once more: ${reasonOf(error)}`);
      await this.change('UPDATE messaging.dead_letter SET reason = $3', subscriber, id, reasonOf(error).slice(0, 500));
      return;
    }
    this.logger.log(`message ${id} was taken by ${subscriber}`);
    await this.change('DELETE FROM messaging.dead_letter', subscriber, id);
  }

  private async change(what: string, ...values: readonly string[]): Promise<void> {
    await this.dataSource.query(`${what} WHERE subscriber = $1 AND message_id = $2`, [...values]);
  }
}
