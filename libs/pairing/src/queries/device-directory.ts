import { Injectable } from '@nestjs/common';
import { Clock } from '#kernel';
import { DataSource } from 'typeorm';
import { DeviceNotFoundError } from '../domain/pairing.errors.js';
import { comparableCode } from './comparable-code.js';

/** A gateway node that has been silent so long holds nobody. */
export const nodeSilentAfterMs = 10_000;

export interface DirectoryEntry {
  readonly id: string;
  readonly code: string;
  readonly pairedAt: Date;
  readonly name: string | null;
  readonly location: string | null;
  readonly serialNumber: string;
  readonly model: string;
  readonly appVersion: string;
  readonly online: boolean;
  readonly listening: boolean;
  readonly locked: boolean;
  readonly screen: string | null;
  readonly battery: number | null;
  readonly lastSeenAt: Date | null;
  readonly offlineSince: Date | null;
  /** When what is said here was last known to be true. */
  readonly asOf: Date;
}

export interface DirectoryPage {
  /** Part of a code; undefined: all. */
  readonly code: string | undefined;
  readonly limit: number;
  readonly offset: number;
}

/** The devices of an account that have a code. Online and listening are judged at the moment of asking. */
@Injectable()
export class DeviceDirectory {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  list(accountId: string, { code, limit, offset }: DirectoryPage): Promise<DirectoryEntry[]> {
    return this.read(
      `AND ($4::text IS NULL OR position($4 IN device.code) > 0) ORDER BY device.paired_at, device.id LIMIT $5 OFFSET $6`,
      accountId,
      [code?.toUpperCase() ?? null, limit, offset],
    );
  }

  /** Rejects with `device_not_found`: an unknown code and one of another account get the same answer. */
  async get(accountId: string, code: string): Promise<DirectoryEntry> {
    const [entry] = await this.read('AND device.code = $4', accountId, [comparableCode(code)]);
    if (!entry) throw new DeviceNotFoundError();
    return entry;
  }

  private read(condition: string, accountId: string, parameters: readonly unknown[]): Promise<DirectoryEntry[]> {
    const now = this.clock.now();
    const aliveSince = new Date(now.getTime() - nodeSilentAfterMs);
    return this.dataSource.query(`${select} ${condition}`, [accountId, aliveSince, now, ...parameters]);
  }
}

/** Of a device that is offline we know as much as the gateways told last: without a word from any of them it may be back. */
const select = `
  SELECT device.id, device.code, device.paired_at AS "pairedAt", device.name, device.location,
         device.serial_number AS "serialNumber", device.model,
         coalesce(status.app_version, device.app_version) AS "appVersion",
         online, device.listening AND online AS listening, device.locked, status.screen, status.battery,
         greatest(status.seen_at, held_until) AS "lastSeenAt",
         CASE WHEN NOT online THEN held_until END AS "offlineSince",
         coalesce(CASE WHEN online THEN greatest(node.alive_at, status.seen_at)
                       ELSE greatest((SELECT max(alive_at) FROM pairing.node), held_until) END, $3::timestamptz) AS "asOf"
    FROM pairing.device
    LEFT JOIN pairing.node ON node.id = device.node
    LEFT JOIN pairing.status ON status.device_id = device.id
   CROSS JOIN LATERAL (SELECT device.connected AND coalesce(node.alive_at > $2, false) AS online,
                              CASE WHEN device.connected THEN node.alive_at ELSE device.connection_since END AS held_until
                      ) AS presence
   WHERE device.account_id = $1 AND device.code IS NOT NULL`;
