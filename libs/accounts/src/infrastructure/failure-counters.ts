import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';
import type { FailureCounter } from '../domain/failure-counter.js';

@Injectable()
export class FailureCounters {
  /** The counters of these keys, locked in the order of the keys, so that no two attempts wait for each other in a ring. */
  async lock(tx: Tx, keys: readonly string[]): Promise<Map<string, FailureCounter>> {
    await tx.manager.query(
      `INSERT INTO accounts.failure_counter (key, failures) SELECT key, 0 FROM unnest($1::text[]) AS key ORDER BY key
       ON CONFLICT DO NOTHING`,
      [keys],
    );
    const rows: (FailureCounter & { key: string })[] = await tx.manager.query(
      `SELECT key, failures, locked_until AS "lockedUntil", last_failure_at AS "lastFailureAt"
       FROM accounts.failure_counter WHERE key = ANY($1) ORDER BY key FOR UPDATE`,
      [keys],
    );
    return new Map(rows.map(({ key, ...counter }) => [key, counter]));
  }

  async store(tx: Tx, counters: ReadonlyMap<string, FailureCounter>): Promise<void> {
    const values = [...counters.values()];
    await tx.manager.query(
      `UPDATE accounts.failure_counter AS stored
       SET failures = counted.failures, locked_until = counted.locked_until, last_failure_at = counted.last_failure_at
       FROM unnest($1::text[], $2::int[], $3::timestamptz[], $4::timestamptz[])
         AS counted (key, failures, locked_until, last_failure_at)
       WHERE stored.key = counted.key`,
      [
        [...counters.keys()],
        values.map(({ failures }) => failures),
        values.map(({ lockedUntil }) => lockedUntil),
        values.map(({ lastFailureAt }) => lastFailureAt),
      ],
    );
  }

  /** A success: the counters of `inARow` begin anew, those of `inADay` take back no more than this attempt. */
  async succeed(tx: Tx, inARow: readonly string[], inADay: readonly string[]): Promise<void> {
    await tx.manager.query(
      `UPDATE accounts.failure_counter
       SET failures = CASE WHEN key = ANY($1) THEN 0 ELSE greatest(failures - 1, 0) END, locked_until = NULL
       WHERE key IN (SELECT key FROM accounts.failure_counter WHERE key = ANY($1 || $2::text[]) ORDER BY key FOR UPDATE)`,
      [inARow, inADay],
    );
  }

  async forget(tx: Tx, olderThan: Date): Promise<void> {
    await tx.manager.query('DELETE FROM accounts.failure_counter WHERE last_failure_at < $1', [olderThan]);
  }
}
