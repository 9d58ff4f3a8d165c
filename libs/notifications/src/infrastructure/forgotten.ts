import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';

/** Removes what is older than is kept. */
@Injectable()
export class Forgotten {
  /** Always from the oldest on, so that what is left has no gaps. */
  async events(tx: Tx, now: Date): Promise<void> {
    await tx.manager.query(
      `WITH old AS (
         SELECT account_id, last FROM notifications.log CROSS JOIN LATERAL (
           SELECT max(sequence) AS last FROM notifications.event
            WHERE account_id = log.account_id AND logged_at < $1::timestamptz - make_interval(days => retention_days)
         ) AS oldest WHERE last IS NOT NULL
       ), marked AS (
         UPDATE notifications.log SET first_sequence = old.last + 1 FROM old WHERE log.account_id = old.account_id
       )
       DELETE FROM notifications.event AS event USING old
        WHERE event.account_id = old.account_id AND event.sequence <= old.last`,
      [now],
    );
  }

  /** Of those that still wait, only a disabled endpoint has any that old. */
  async deliveries(tx: Tx, before: Date): Promise<void> {
    await tx.manager.query('DELETE FROM notifications.delivery WHERE since < $1', [before]);
  }
}
