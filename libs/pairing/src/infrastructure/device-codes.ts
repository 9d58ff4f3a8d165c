import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';

/** Days that a released code rests: a till that still has it must not reach another terminal. */
const quarantineDays = 90;

@Injectable()
export class DeviceCodes {
  /** False when another device has the code, or had it not long ago. Never check-then-insert: the primary key decides. */
  async claim(
    tx: Tx,
    claim: { readonly accountId: string; readonly code: string; readonly deviceId: string; readonly at: Date },
  ): Promise<boolean> {
    const rows: unknown[] = await tx.manager.query(
      `INSERT INTO pairing.code AS held (account_id, code, device_id, assigned_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (account_id, code) DO UPDATE
          SET device_id = excluded.device_id, assigned_at = excluded.assigned_at, released_at = NULL
        WHERE held.released_at < excluded.assigned_at - make_interval(days => $5)
       RETURNING 1`,
      [claim.accountId, claim.code, claim.deviceId, claim.at, quarantineDays],
    );
    return rows.length === 1;
  }

  async release(tx: Tx, { accountId, code, at }: { accountId: string; code: string; at: Date }): Promise<void> {
    await tx.manager.query('UPDATE pairing.code SET released_at = $3 WHERE account_id = $1 AND code = $2', [
      accountId,
      code,
      at,
    ]);
  }
}
