import type { DomainEvent } from '#contracts';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { EventPublisher } from '../ports.js';
import { RepeatingTask } from '../repeating-task.js';
import { SentMarks } from './sent-marks.js';

/** Any fixed number: one sweeper at a time over all processes. */
const lock = 7_455_429;
const sweep = { everyMs: 1_000, olderThanSeconds: 3, rows: 200 } as const;

/** Publishes what the outbox holds: its own rows right after the commit, and what a crash left behind a little later. */
@Injectable()
export class OutboxRelay implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly marks: SentMarks;
  private readonly sweeper = new RepeatingTask('outbox sweeper', sweep.everyMs, () => this.sweep());

  constructor(
    private readonly dataSource: DataSource,
    private readonly publisher: EventPublisher,
  ) {
    this.marks = new SentMarks(dataSource);
  }

  onApplicationBootstrap(): void {
    this.sweeper.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.sweeper.stop();
    await this.marks.flushed();
  }

  /** Does not wait: whoever committed has its answer. What fails here stays unsent, and the sweeper takes it. */
  publish(events: readonly DomainEvent[]): void {
    for (const event of events) {
      this.publisher.publish(event).then(
        () => {
          this.marks.add(event.id);
        },
        () => undefined,
      );
    }
  }

  /** Reads unsent rows, never "after the last id": a lower one can commit later. */
  private async sweep(): Promise<void> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const [locked] = (await runner.query('SELECT pg_try_advisory_lock($1) AS mine', [lock])) as { mine: boolean }[];
      if (!locked?.mine) return;
      try {
        await this.publishUnsent();
      } finally {
        await runner.query('SELECT pg_advisory_unlock($1)', [lock]);
      }
    } finally {
      await runner.release();
    }
  }

  private async publishUnsent(): Promise<void> {
    const rows: { event: DomainEvent }[] = await this.dataSource.query(
      `SELECT event FROM messaging.outbox
        WHERE sent_at IS NULL AND created_at < clock_timestamp() - make_interval(secs => $1)
        ORDER BY created_at LIMIT $2`,
      [sweep.olderThanSeconds, sweep.rows],
    );
    await Promise.allSettled(
      rows.map(async ({ event }) => {
        await this.publisher.publish(event);
        this.marks.add(event.id);
      }),
    );
    await this.marks.flushed();
  }
}
