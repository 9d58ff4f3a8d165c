import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';
import type { HeardEvent } from '../application/heard-event.js';

/** How far each aggregate has been heard, and what came early. */
@Injectable()
export class Sources {
  /**
   * What may be logged now, in order: the event if it is the next one, with those parked behind it. An early one is parked; a repeat
   * gives nothing. The source stays locked until the transaction ends.
   */
  async next(tx: Tx, heard: HeardEvent, now: Date): Promise<readonly HeardEvent[]> {
    const { context, aggregateId, sequence } = heard;
    const { last, parked } = await this.lock(tx, heard);
    if (sequence <= last) return [];
    if (sequence > last + 1) {
      await this.park(tx, heard, now);
      return [];
    }
    const following = parked === 0 ? [] : await this.unpark(tx, heard);
    await tx.manager.query(
      `UPDATE notifications.source SET last_sequence = $3, parked = parked - $4 WHERE context = $1 AND aggregate_id = $2`,
      [context, aggregateId, sequence + following.length, following.length],
    );
    return [heard, ...following];
  }

  private async lock(tx: Tx, { context, aggregateId }: HeardEvent): Promise<{ last: number; parked: number }> {
    const rows: { last: number; parked: number }[] = await tx.manager.query(
      `INSERT INTO notifications.source AS source (context, aggregate_id, last_sequence) VALUES ($1, $2, 0)
       ON CONFLICT (context, aggregate_id) DO UPDATE SET last_sequence = source.last_sequence
       RETURNING last_sequence AS last, parked`,
      [context, aggregateId],
    );
    return rows[0] ?? { last: 0, parked: 0 };
  }

  private async park(tx: Tx, heard: HeardEvent, now: Date): Promise<void> {
    const { context, aggregateId, sequence, accountId, occurredAt, events } = heard;
    await tx.manager.query(
      `WITH early AS (
         INSERT INTO notifications.parked (context, aggregate_id, sequence, account_id, occurred_at, parked_at, events)
         VALUES ($1, $2, $3, $4, $5, $6, $7::json) ON CONFLICT DO NOTHING RETURNING 1
       )
       UPDATE notifications.source SET parked = parked + (SELECT count(*) FROM early) WHERE context = $1 AND aggregate_id = $2`,
      [context, aggregateId, sequence, accountId, occurredAt, now, JSON.stringify(events)],
    );
  }

  /** Takes out what follows without a gap. */
  private async unpark(tx: Tx, heard: HeardEvent): Promise<HeardEvent[]> {
    const { context, aggregateId, sequence } = heard;
    const [rows]: [HeardEvent[], number] = await tx.manager.query(
      `DELETE FROM notifications.parked AS gone
        USING (SELECT sequence, sequence - row_number() OVER (ORDER BY sequence) AS before_all
                 FROM notifications.parked WHERE context = $1 AND aggregate_id = $2) AS run
        WHERE gone.context = $1 AND gone.aggregate_id = $2 AND gone.sequence = run.sequence AND run.before_all = $3
        RETURNING gone.sequence, gone.account_id AS "accountId", gone.occurred_at AS "occurredAt", gone.events`,
      [context, aggregateId, sequence],
    );
    return rows.map((row) => ({ ...row, context, aggregateId })).sort((one, other) => one.sequence - other.sequence);
  }
}
