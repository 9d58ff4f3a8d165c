import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';
import { newId } from '#kernel';
import type { NewPublicEvent, PublicEvent } from '../public-event.js';

export interface LogEntry extends NewPublicEvent {
  readonly occurredAt: Date;
  /** What it is about, such as a payment; null: the account. */
  readonly aggregateId: string | null;
}

/** The ordered log of each account. The account's row stays locked until the commit, so numbers become visible in order and without gaps. */
@Injectable()
export class EventLog {
  /** How many days the account's entries are kept. `toldBy`: the number of the event that says so; an older one changes nothing. */
  async keepFor(tx: Tx, accountId: string, days: number, toldBy: number): Promise<void> {
    await tx.manager.query(
      `INSERT INTO notifications.log AS log (account_id, last_sequence, retention_days, settings_sequence) VALUES ($1, 0, $2, $3)
       ON CONFLICT (account_id) DO UPDATE SET retention_days = $2, settings_sequence = $3 WHERE log.settings_sequence < $3`,
      [accountId, days, toldBy],
    );
  }

  /** Numbers the entries and keeps them, in this order: one statement, for the account's other events wait meanwhile. */
  async append(tx: Tx, accountId: string, entries: readonly LogEntry[], now: Date): Promise<readonly PublicEvent[]> {
    if (entries.length === 0) return [];
    const identified = entries.map((entry) => ({ ...entry, id: newId() }));
    const [log]: { first: number }[] = await tx.manager.query(
      `WITH log AS (
         INSERT INTO notifications.log AS log (account_id, last_sequence) VALUES ($1, $2)
         ON CONFLICT (account_id) DO UPDATE SET last_sequence = log.last_sequence + $2 RETURNING last_sequence - $2 AS before
       ), logged AS (
         INSERT INTO notifications.event (account_id, sequence, id, type, data, occurred_at, aggregate_id, logged_at)
         SELECT $1, log.before + entry.number, entry.id, entry.type, entry.data, entry.occurred_at, entry.aggregate_id, $4
           FROM log
          CROSS JOIN ROWS FROM (json_to_recordset($3::json) AS (id uuid, type text, data json, "occurredAt" timestamptz, "aggregateId" text))
                WITH ORDINALITY AS entry (id, type, data, occurred_at, aggregate_id, number)
       )
       SELECT before + 1 AS first FROM log`,
      [accountId, entries.length, JSON.stringify(identified), now],
    );
    const first = log?.first ?? 1;
    return identified.map(({ id, type, data, occurredAt }, index) => {
      return { id, type, data, occurredAt, sequence: first + index };
    });
  }
}
