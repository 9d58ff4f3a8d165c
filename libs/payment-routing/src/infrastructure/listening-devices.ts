import { Injectable } from '@nestjs/common';
import type { DataOf, DeviceListeningChanged } from '#contracts';
import type { Tx } from '#database';

/** A gateway node that has been silent so long holds nobody. */
const nodeSilentAfterMs = 10_000;
const codeForm = /^[0-9A-Za-z]{4}$/;

export interface ListeningDevice {
  readonly id: string;
  readonly code: string;
  readonly listening: boolean;
  readonly locked: boolean;
  readonly node: string | null;
  readonly connectionId: string | null;
}

/** Whose a device is, and its code there. */
export interface DeviceOwner {
  readonly accountId: string;
  readonly code: string;
}

@Injectable()
export class ListeningDevices {
  /** Pairing's newest word counts; an older one changes nothing. */
  async put(tx: Tx, device: DataOf<typeof DeviceListeningChanged>, sequence: number): Promise<void> {
    const { deviceId, accountId, code, listening, reason, node, connectionId } = device;
    await tx.manager.query(
      `INSERT INTO payment_routing.device AS known (id, account_id, code, sequence, listening, reason, node, connection_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (id) DO UPDATE
          SET account_id = excluded.account_id, code = excluded.code, sequence = excluded.sequence,
              listening = excluded.listening, reason = excluded.reason, node = excluded.node,
              connection_id = excluded.connection_id
        WHERE known.sequence < excluded.sequence`,
      [deviceId, accountId, code, sequence, listening, reason, node, connectionId],
    );
  }

  /** Codes compare without case. Listening is judged at the moment of asking: a silent node's devices do not. */
  async find(tx: Tx, accountId: string, code: string, now: Date): Promise<ListeningDevice | undefined> {
    // Some texts that cannot be a code the database would not even read.
    if (!codeForm.test(code)) return undefined;
    const rows: ListeningDevice[] = await tx.manager.query(
      `SELECT device.id, device.code, device.reason IS NOT DISTINCT FROM 'locked' AS locked, device.node,
              device.connection_id AS "connectionId", device.listening AND coalesce(node.alive_at > $3, false) AS listening
         FROM payment_routing.device LEFT JOIN payment_routing.node ON node.id = device.node
        WHERE device.account_id = $1 AND device.code = $2 AND device.reason IS DISTINCT FROM 'unpaired'`,
      [accountId, code.toUpperCase(), new Date(now.getTime() - nodeSilentAfterMs)],
    );
    return rows[0];
  }

  async ownerOf(tx: Tx, deviceId: string): Promise<DeviceOwner | undefined> {
    const rows: DeviceOwner[] = await tx.manager.query(
      'SELECT account_id AS "accountId", code FROM payment_routing.device WHERE id = $1',
      [deviceId],
    );
    return rows[0];
  }

  /** Notes that the device told its journal now; gives when it did so before, null if never. */
  async journalTold(tx: Tx, deviceId: string, at: Date): Promise<Date | null> {
    const [rows]: [{ before: Date | null }[], number] = await tx.manager.query(
      `UPDATE payment_routing.device AS device SET journal_at = $2
         FROM (SELECT id, journal_at FROM payment_routing.device WHERE id = $1 FOR UPDATE) AS old
        WHERE device.id = old.id RETURNING old.journal_at AS before`,
      [deviceId, at],
    );
    return rows[0]?.before ?? null;
  }
}
