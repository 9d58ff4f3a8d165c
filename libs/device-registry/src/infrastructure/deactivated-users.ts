import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';

interface User {
  readonly accountId: string;
  readonly userId: string;
}

/** Who may not log in any more. A log-in whose user is deactivated while it is checked finds it here, however late the event. */
@Injectable()
export class DeactivatedUsers {
  /** From here on, until the transaction ends, the user is not deactivated unless it is already. To be asked before a device is locked. */
  async has(tx: Tx, userId: string): Promise<boolean> {
    await tx.manager.query('SELECT pg_advisory_xact_lock_shared(hashtextextended($1, 7455460))', [userId]);
    const rows: unknown[] = await tx.manager.query(
      'SELECT 1 FROM device_registry.deactivated_user WHERE user_id = $1',
      [userId],
    );
    return rows.length > 0;
  }

  /** Waits for the log-ins of the user that are about to be committed. */
  async add(tx: Tx, { accountId, userId }: User): Promise<void> {
    await tx.manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 7455460))', [userId]);
    await tx.manager.query(
      'INSERT INTO device_registry.deactivated_user (user_id, account_id) VALUES ($1, $2) ON CONFLICT DO NOTHING',
      [userId, accountId],
    );
  }
}
