import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

export interface OutboxFacts {
  /** Rows that wait to be published, and the age of the oldest in seconds (0: none waits). */
  readonly unsent: number;
  readonly oldestUnsentSeconds: number;
  /** Events that were put aside for a subscriber and wait for a human. */
  readonly deadLetters: number;
}

/** What only the road of events itself knows: in process, or through RabbitMQ. */
export interface Road {
  readonly isConnected: boolean;
}

@Injectable()
export class MessagingHealth {
  constructor(
    private readonly dataSource: DataSource,
    private readonly road: Road,
  ) {}

  get isConnected(): boolean {
    return this.road.isConnected;
  }

  /** Rejects when the database does not answer. */
  async facts(): Promise<OutboxFacts> {
    const [row]: OutboxFacts[] = await this.dataSource.query(
      `SELECT count(*)::int AS unsent,
              coalesce(extract(epoch FROM clock_timestamp() - min(created_at)), 0)::float AS "oldestUnsentSeconds",
              (SELECT count(*)::int FROM messaging.dead_letter) AS "deadLetters"
         FROM messaging.outbox WHERE sent_at IS NULL`,
    );
    return row ?? { unsent: 0, oldestUnsentSeconds: 0, deadLetters: 0 };
  }
}
