import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';

/** So long a key names its payment; later it is free again. */
const keptForHours = 72;

export interface KeyHolder {
  readonly paymentId: string;
  readonly payloadHash: string;
}

@Injectable()
export class IdempotencyKeys {
  /** Gives whose the key is afterwards: the taker's, or an earlier payment's. A twin waits here until the first one has committed. */
  async take(
    tx: Tx,
    taker: KeyHolder & { readonly accountId: string; readonly key: string; readonly at: Date },
  ): Promise<KeyHolder> {
    const { accountId, key, payloadHash, paymentId, at } = taker;
    const taken: unknown[] = await tx.manager.query(
      `INSERT INTO payment_routing.idempotency_key AS held (account_id, key, payload_hash, payment_id, created_at)
       VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (account_id, key) DO UPDATE
          SET payload_hash = excluded.payload_hash, payment_id = excluded.payment_id, created_at = excluded.created_at
        WHERE held.created_at < excluded.created_at - make_interval(hours => $6)
       RETURNING 1`,
      [accountId, key, payloadHash, paymentId, at, keptForHours],
    );
    if (taken.length === 1) return { paymentId, payloadHash };
    const [holder]: KeyHolder[] = await tx.manager.query(
      `SELECT payment_id AS "paymentId", payload_hash AS "payloadHash"
         FROM payment_routing.idempotency_key WHERE account_id = $1 AND key = $2`,
      [accountId, key],
    );
    if (!holder) throw new Error('an idempotency key vanished while it was read');
    return holder;
  }

  async forget(tx: Tx, now: Date): Promise<void> {
    await tx.manager.query(
      `DELETE FROM payment_routing.idempotency_key WHERE created_at < $1::timestamptz - make_interval(hours => $2)`,
      [now, keptForHours],
    );
  }
}
