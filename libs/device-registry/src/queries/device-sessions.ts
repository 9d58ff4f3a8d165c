import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DeviceNotFoundError } from '../domain/device-registry.errors.js';

export interface SessionView {
  readonly userId: string;
  readonly mode: 'api' | 'standalone';
  readonly openedAt: Date;
}

/** Who is logged in to a device, and since when. */
@Injectable()
export class DeviceSessions {
  constructor(private readonly dataSource: DataSource) {}

  /** Null: nobody is. Codes compare without case. Rejects with `device_not_found`: unknown and foreign codes get the same answer. */
  async of(accountId: string, code: string): Promise<SessionView | null> {
    const [found]: (SessionView | { readonly userId: null })[] = await this.dataSource.query(
      `SELECT session_user_id AS "userId", session_mode AS mode, session_opened_at AS "openedAt"
         FROM device_registry.device_code
         JOIN device_registry.device ON device.id = device_code.device_id AND device.account_id = device_code.account_id
        WHERE device_code.account_id = $1 AND code = $2`,
      [accountId, /^[0-9A-Za-z]{4}$/.test(code) ? code.toUpperCase() : ''],
    );
    if (!found) throw new DeviceNotFoundError();
    return found.userId === null ? null : found;
  }
}
