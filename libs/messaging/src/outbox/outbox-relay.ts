import { catalogue, type DomainEvent } from '#contracts';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { within } from '../inbox/back-off.js';
import { EventPublisher } from '../ports.js';
import { RepeatingTask } from '../repeating-task.js';
import { SentMarks } from './sent-marks.js';

/** Any fixed number: one sweeper at a time over all processes. */
const lock = 7_455_429;
const sweep = { everyMs: 1_000, olderThanSeconds: 3, rows: 200 } as const;
const flushWithinMs = 2_000;

/** Publishes what the outbox holds: its own rows right after the commit, and what a crash left behind a little later. */
@Injectable()
export class OutboxRelay implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('outbox');
  private readonly marks: SentMarks;
  private readonly sweeper = new RepeatingTask('outbox sweeper', sweep.everyMs, () => this.sweep());
  private readonly underWay = new Set<Promise<boolean>>();
  private stopping = false;

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
    this.stopping = true;
    await this.sweeper.stop();
    await within(flushWithinMs, this.flushed(), 'too late').catch(() => undefined);
  }

  /** Does not wait: whoever committed has its answer. What fails here stays unsent, and the sweeper takes it. */
  publish(events: readonly DomainEvent[]): void {
    for (const event of events) {
      const work = this.publishOne(event);
      this.underWay.add(work);
      void work.finally(() => this.underWay.delete(work));
    }
  }

  /** True when the event is on its road and will be marked. */
  private async publishOne(event: DomainEvent): Promise<boolean> {
    try {
      await this.publisher.publish(event);
      this.marks.add(event.id);
      return true;
    } catch (error) {
      this.logger.debug(`${event.name} ${event.id} stays unsent: ${String(error)}`);
      return false;
    }
  }

  private async flushed(): Promise<void> {
    await Promise.all(this.underWay);
    await this.marks.flushed();
  }

  /** Until nothing is left, or the first page with a failure: then the trouble is not one event's. */
  private async sweep(): Promise<void> {
    while (await this.dataSource.transaction((manager) => this.sweepPage(manager)));
  }

  private async sweepPage(manager: EntityManager): Promise<boolean> {
    const [locked]: { mine: boolean }[] = await manager.query('SELECT pg_try_advisory_xact_lock($1) AS mine', [lock]);
    if (!locked?.mine) return false;
    const events = await unsent(manager);
    const published = await Promise.all(events.map((event) => this.publishOne(event)));
    await this.marks.flushed();
    return !this.stopping && events.length === sweep.rows && published.every(Boolean);
  }
}

/**
 * Reads unsent rows, never "after the last id": a lower one can commit later. What a newer process has said, and this one does
 * not know, it cannot judge: who subscribes to it only the newer one knows.
 */
async function unsent(manager: EntityManager): Promise<readonly DomainEvent[]> {
  const rows: { event: DomainEvent }[] = await manager.query(
    `SELECT event FROM messaging.outbox
      WHERE sent_at IS NULL AND name = ANY ($3) AND created_at < clock_timestamp() - make_interval(secs => $1)
      ORDER BY created_at LIMIT $2`,
    [sweep.olderThanSeconds, sweep.rows, [...catalogue.keys()]],
  );
  return rows.map(({ event }) => event);
}
