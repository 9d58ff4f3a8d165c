import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { InvalidFieldError } from '#kernel';
import { DataSource } from 'typeorm';
import { EventsGoneError } from '../domain/notifications.errors.js';
import type { PublicEvent, PublicEventType } from '../public-event.js';

/** What a reader wants, and the last sequence that it has; 0: none, so that it begins with the oldest that is kept. */
export interface LogPosition {
  readonly accountId: string;
  readonly after: number;
  /** Only these; null: all. */
  readonly types: readonly PublicEventType[] | null;
}

export interface LogPage {
  readonly events: readonly PublicEvent[];
  /** Where to read on: everything wanted up to here is in the pages so far. */
  readonly next: number;
}

interface Row extends Omit<PublicEvent, 'sequence'> {
  readonly first: number;
  readonly last: number;
  /** Null when the log has nothing that is wanted. */
  readonly sequence: number | null;
}

/** Reads the logs. Readers of one place that are woken together share one query. */
@Injectable()
export class EventLogReader {
  private readonly asked = new Map<string, Promise<LogPage>>();

  constructor(private readonly dataSource: DataSource) {}

  /** The sequence of the newest entry; 0: nothing was logged yet. */
  async end(accountId: string): Promise<number> {
    const rows: { last: number }[] = await this.dataSource.query(
      'SELECT last_sequence AS last FROM notifications.log WHERE account_id = $1',
      [accountId],
    );
    return rows[0]?.last ?? 0;
  }

  /** Those of these accounts whose log goes on beyond what is known of it. */
  async grown(known: ReadonlyMap<string, number>): Promise<readonly string[]> {
    const rows: { accountId: string }[] = await this.dataSource.query(
      `SELECT log.account_id AS "accountId" FROM notifications.log
         JOIN unnest($1::uuid[], $2::bigint[]) AS known (account_id, sequence) USING (account_id)
        WHERE log.last_sequence > known.sequence`,
      [[...known.keys()], [...known.values()]],
    );
    return rows.map(({ accountId }) => accountId);
  }

  /** The entries after the position, oldest first. Rejects with `events_gone`, and with `invalid_field` for a position that never was. */
  read(position: LogPosition, limit: number): Promise<LogPage> {
    const key = JSON.stringify([position, limit]);
    const known = this.asked.get(key);
    if (known) return known;
    const page = this.readSoon(key, position, limit);
    this.asked.set(key, page);
    return page;
  }

  /** The entries before a sequence, newest first. `next`: where to read on, also with `before`; 1: nothing older is kept. */
  async readBack(
    { accountId, before, types }: Omit<LogPosition, 'after'> & { readonly before: number },
    limit: number,
  ): Promise<LogPage> {
    const events: PublicEvent[] = await this.dataSource.query(
      `SELECT id, sequence, type, data, occurred_at AS "occurredAt" FROM notifications.event
        WHERE account_id = $1 AND sequence < $2 AND ($4::text[] IS NULL OR type = ANY($4))
        ORDER BY sequence DESC LIMIT $3`,
      [accountId, before, limit, types],
    );
    return { events, next: events.length === limit ? (events.at(-1)?.sequence ?? 1) : 1 };
  }

  /** A query that has begun may not see what its next reader was woken for: shared is only one that has not. */
  private async readSoon(key: string, position: LogPosition, limit: number): Promise<LogPage> {
    await setImmediate();
    this.asked.delete(key);
    return this.readNow(position, limit);
  }

  private async readNow({ accountId, after, types }: LogPosition, limit: number): Promise<LogPage> {
    const rows: Row[] = await this.dataSource.query(page, [accountId, after, limit, types]);
    const { first, last } = rows[0] ?? { first: 1, last: 0 };
    if (after > 0 && after + 1 < first) throw new EventsGoneError(first);
    if (after > last) throw new InvalidFieldError('after', 'lies beyond the end of the log');
    const events = rows.flatMap(({ id, type, data, occurredAt, sequence }) =>
      sequence === null ? [] : [{ id, type, data, occurredAt, sequence }],
    );
    return { events, next: events.length === limit ? (events.at(-1)?.sequence ?? after) : last };
  }
}

/** One statement, so that the end of the log and its entries are of one moment. */
const page = `
  SELECT log.first_sequence AS first, log.last_sequence AS last, wanted.*
    FROM notifications.log
    LEFT JOIN LATERAL (
      SELECT id, sequence, type, data, occurred_at AS "occurredAt" FROM notifications.event
       WHERE account_id = log.account_id AND sequence > $2 AND ($4::text[] IS NULL OR type = ANY($4))
       ORDER BY sequence LIMIT $3
    ) AS wanted ON true
   WHERE log.account_id = $1 ORDER BY wanted.sequence`;
