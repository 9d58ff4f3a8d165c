import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

export interface OutboxFacts {
  /** Rows that wait to be published, and the age of the oldest in seconds (0: none waits). */
  readonly unsent: number;
  readonly oldestUnsentSeconds: number;
  readonly deadLetters: number;
}

@Injectable()
export class MessagingHealth {
  constructor(
    private readonly dataSource: DataSource,
    private readonly connected: () => boolean,
  ) {}

  get isConnected(): boolean {
    return this.connected();
  }

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
