import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';
import { Clock } from '#kernel';
import type { LogEntry } from '../infrastructure/event-log.js';
import { Sources } from '../infrastructure/sources.js';
import { AppendEvents } from './append-events.js';
import type { HeardEvent } from './heard-event.js';

/** Puts what a domain event says into its account's log, in the order in which its aggregate recorded it. */
@Injectable()
export class LogEvent {
  constructor(
    private readonly sources: Sources,
    private readonly appendEvents: AppendEvents,
    private readonly clock: Clock,
  ) {}

  async execute(tx: Tx, heard: HeardEvent): Promise<void> {
    const ready = await this.sources.next(tx, heard, this.clock.now());
    // A device that moved has told of two accounts; everything else has told of one.
    for (const accountId of new Set(ready.map((one) => one.accountId))) {
      const entries = ready.filter((one) => one.accountId === accountId).flatMap(entriesOf);
      await this.appendEvents.execute(tx, accountId, entries);
    }
  }
}

const entriesOf = ({ events, occurredAt, aggregateId }: HeardEvent): LogEntry[] =>
  events.map((event) => ({ ...event, occurredAt, aggregateId }));
