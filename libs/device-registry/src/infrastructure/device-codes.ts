import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';

/** Which device has which code, as pairing tells it: so a request that names a code finds its device. */
@Injectable()
export class DeviceCodes {
  /** Pairing's newest word counts; `code` is null once it was released. */
  async put(
    tx: Tx,
    {
      deviceId,
      accountId,
      code,
    }: { readonly deviceId: string; readonly accountId: string; readonly code: string | null },
    sequence: number,
  ): Promise<void> {
    await tx.manager.query(
      `INSERT INTO device_registry.device_code AS known (device_id, account_id, code, sequence) VALUES ($1, $2, $3, $4)
       ON CONFLICT (device_id) DO UPDATE
          SET account_id = excluded.account_id, code = excluded.code, sequence = excluded.sequence
        WHERE known.sequence < excluded.sequence`,
      [deviceId, accountId, code, sequence],
    );
  }

  /** Codes compare without case. */
  async deviceOf(tx: Tx, accountId: string, code: string): Promise<string | undefined> {
    // Some texts that cannot be a code the database would not even read.
    if (!/^[0-9A-Za-z]{4}$/.test(code)) return undefined;
    const rows: { deviceId: string }[] = await tx.manager.query(
      'SELECT device_id AS "deviceId" FROM device_registry.device_code WHERE account_id = $1 AND code = $2',
      [accountId, code.toUpperCase()],
    );
    return rows[0]?.deviceId;
  }
}
