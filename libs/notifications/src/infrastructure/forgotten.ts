import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';

/** Removes what is older than is kept. */
@Injectable()
export class Forgotten {
  /** Always from the oldest on, so that what is left has no gaps. */
  async events(tx: Tx, now: Date): Promise<void> {
    await tx.manager.query(
      `WITH old AS (
         SELECT account_id, max(sequence) AS last FROM notifications.event JOIN notifications.log USING (account_id)
          WHERE logged_at < $1::timestamptz - make_interval(days => retention_days) GROUP BY account_id
       ), marked AS (
         UPDATE notifications.log SET first_sequence = old.last + 1 FROM old WHERE log.account_id = old.account_id
       )
       DELETE FROM notifications.event AS event USING old
        WHERE event.account_id = old.account_id AND event.sequence <= old.last`,
      [now],
    );
  }

  async deliveries(tx: Tx, before: Date): Promise<void> {
    await tx.manager.query(`DELETE FROM notifications.delivery WHERE created_at < $1 AND state <> 'pending'`, [before]);
  }
}
