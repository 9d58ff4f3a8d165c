import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';

interface Said {
  readonly deviceId: string;
  readonly sessionNumber: number;
  readonly connectSequence: number;
  readonly screen: string;
  /** ISO 8601, by the gateway's clock; compared within one connection only. */
  readonly saidAt: string;
  /** By this process's clock. */
  readonly seenAt: Date;
}

/** What devices say of themselves. The newest connection counts, and on it what was said last, in whatever order it arrives. */
@Injectable()
export class DeviceStatuses {
  async connected(tx: Tx, said: Said & { readonly appVersion: string }): Promise<void> {
    await this.put(tx, said);
    // What was said later on this connection may have come first; the version is said only here.
    await tx.manager.query(
      `UPDATE pairing.status SET app_version = $4
        WHERE device_id = $1 AND session_number = $2 AND connect_sequence = $3`,
      [said.deviceId, said.sessionNumber, said.connectSequence, said.appVersion],
    );
  }

  async reported(
    tx: Tx,
    said: Said & { readonly battery: number | null; readonly network: string | null },
  ): Promise<void> {
    await this.put(tx, said, { battery: said.battery, network: said.network });
  }

  async seen(tx: Tx, deviceId: string, at: Date): Promise<void> {
    await tx.manager.query('UPDATE pairing.status SET seen_at = greatest(seen_at, $2) WHERE device_id = $1', [
      deviceId,
      at,
    ]);
  }

  /** Without a report, battery and network stay as they were. */
  private async put(
    tx: Tx,
    { deviceId, sessionNumber, connectSequence, screen, saidAt, seenAt }: Said,
    report?: { readonly battery: number | null; readonly network: string | null },
  ): Promise<void> {
    const { battery, network } = report ?? { battery: null, network: null };
    await tx.manager.query(
      `INSERT INTO pairing.status AS known
              (device_id, session_number, connect_sequence, said_at, seen_at, screen, battery, network)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (device_id) DO UPDATE
          SET session_number = excluded.session_number, connect_sequence = excluded.connect_sequence,
              said_at = excluded.said_at, seen_at = greatest(known.seen_at, excluded.seen_at), screen = excluded.screen,
              battery = CASE WHEN $9 THEN excluded.battery ELSE known.battery END,
              network = CASE WHEN $9 THEN excluded.network ELSE known.network END
        WHERE (known.session_number, known.connect_sequence, known.said_at)
              <= (excluded.session_number, excluded.connect_sequence, excluded.said_at)`,
      [deviceId, sessionNumber, connectSequence, saidAt, seenAt, screen, battery, network, report !== undefined],
    );
  }
}
