import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';

/** Days that a released code rests: a till that still has it must not reach another terminal. */
const quarantineDays = 90;

interface Claim {
  readonly accountId: string;
  readonly code: string;
  readonly deviceId: string;
  readonly at: Date;
}

@Injectable()
export class DeviceCodes {
  /** False when another device has the code, or had it not long ago. Never look first and insert then: the primary key decides. */
  async claim(tx: Tx, { accountId, code, deviceId, at }: Claim): Promise<boolean> {
    await this.endQuarantine(tx, { accountId, code, at });
    // Not "DO UPDATE … WHERE": that locks the row it does not take, and two devices could wait for each other's misses.
    const rows: unknown[] = await tx.manager.query(
      `INSERT INTO pairing.code (account_id, code, device_id, assigned_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (account_id, code) DO NOTHING RETURNING 1`,
      [accountId, code, deviceId, at],
    );
    return rows.length === 1;
  }

  async release(tx: Tx, { accountId, code, at }: Omit<Claim, 'deviceId'>): Promise<void> {
    await tx.manager.query('UPDATE pairing.code SET released_at = $3 WHERE account_id = $1 AND code = $2', [
      accountId,
      code,
      at,
    ]);
  }

  private async endQuarantine(tx: Tx, { accountId, code, at }: Omit<Claim, 'deviceId'>): Promise<void> {
    await tx.manager.query(
      `DELETE FROM pairing.code
        WHERE account_id = $1 AND code = $2 AND released_at < $3::timestamptz - make_interval(days => $4)`,
      [accountId, code, at, quarantineDays],
    );
  }
}
