import type { DomainEvent } from '#contracts';
import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** Where an event goes that a subscriber cannot take, until somebody looks at it. */
@Injectable()
export class DeadLetters {
  private readonly logger = new Logger(DeadLetters.name);

  constructor(private readonly dataSource: DataSource) {}

  async add(subscriber: string, event: DomainEvent, error: unknown): Promise<void> {
    const reason = error instanceof Error ? error.message : String(error);
    this.logger.error(`${event.name} ${event.id} is put aside for ${subscriber}: ${reason}`);
    await this.dataSource.query(
      `INSERT INTO messaging.dead_letter (subscriber, message_id, event, reason) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING`,
      [subscriber, event.id, JSON.stringify(event), reason.slice(0, 500)],
    );
  }

  async count(): Promise<number> {
    const [row]: { count: number }[] = await this.dataSource.query(
      'SELECT count(*)::int AS count FROM messaging.dead_letter',
    );
    return row?.count ?? 0;
  }
}
