import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

export interface KnownDevice {
  readonly id: string;
  readonly sessionId: string | null;
  readonly retired: boolean;
}

/** Answers whose key this is, in one query and without a lock. */
@Injectable()
export class KnownDevices {
  constructor(private readonly dataSource: DataSource) {}

  async byKey(keyThumbprint: string): Promise<KnownDevice | undefined> {
    const rows: KnownDevice[] = await this.dataSource.query(
      'SELECT id, session_id AS "sessionId", retired FROM device_registry.device WHERE key_thumbprint = $1',
      [keyThumbprint],
    );
    return rows[0];
  }
}
