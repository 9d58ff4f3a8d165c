import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';

export interface DeviceStatus {
  readonly connectionId: string;
  /** Left out: as it was. */
  readonly screen?: string;
  readonly battery?: number | null;
  readonly network?: string | null;
  readonly at: Date;
}

@Injectable()
export class DeviceStatuses {
  /** An older report than the one stored changes nothing. */
  async put(tx: Tx, deviceId: string, { connectionId, screen, battery, network, at }: DeviceStatus): Promise<void> {
    await tx.manager.query(
      `INSERT INTO pairing.status AS known (device_id, connection_id, screen, battery, network, seen_at)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (device_id) DO UPDATE
          SET connection_id = excluded.connection_id,
              screen = coalesce(excluded.screen, known.screen),
              battery = coalesce(excluded.battery, known.battery),
              network = coalesce(excluded.network, known.network),
              seen_at = excluded.seen_at
        WHERE known.seen_at <= excluded.seen_at`,
      [deviceId, connectionId, screen ?? null, battery ?? null, network ?? null, at],
    );
  }
}
