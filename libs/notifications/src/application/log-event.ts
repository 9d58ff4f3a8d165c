import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';
import { Clock } from '#kernel';
import { WakeUps } from '#messaging';
import { EventLog, type LogEntry } from '../infrastructure/event-log.js';
import { Sources } from '../infrastructure/sources.js';
import type { HeardEvent } from './heard-event.js';

/** Puts what a domain event says into its account's log, in the order in which its aggregate recorded it. */
@Injectable()
export class LogEvent {
  constructor(
    private readonly sources: Sources,
    private readonly log: EventLog,
    private readonly wakeUps: WakeUps,
    private readonly clock: Clock,
  ) {}

  async execute(tx: Tx, heard: HeardEvent): Promise<void> {
    const now = this.clock.now();
    const ready = await this.sources.next(tx, heard, now);
    // A device that moved has told of two accounts; everything else has told of one.
    for (const accountId of new Set(ready.map((one) => one.accountId))) {
      const entries = ready.filter((one) => one.accountId === accountId).flatMap(entriesOf);
      await this.append(tx, accountId, entries, now);
    }
  }

  private async append(tx: Tx, accountId: string, entries: readonly LogEntry[], now: Date): Promise<void> {
    if (entries.length === 0) return;
    await this.log.append(tx, accountId, entries, now);
    tx.afterCommit(() => {
      this.wakeUps.signal(`events:${accountId}`);
    });
  }
}

const entriesOf = ({ events, occurredAt }: HeardEvent): LogEntry[] => events.map((event) => ({ ...event, occurredAt }));
