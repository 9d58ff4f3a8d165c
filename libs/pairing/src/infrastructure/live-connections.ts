import { Injectable } from '@nestjs/common';
import { Clock } from '#kernel';
import { DataSource } from 'typeorm';
import { comparableCode } from '../queries/comparable-code.js';
import { nodeSilentAfterMs } from '../queries/device-directory.js';

export interface FoundDevice {
  readonly node: string | null;
  readonly connectionId: string | null;
}

/** Where a device can be reached right now. */
@Injectable()
export class LiveConnections {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Undefined when no device has the code. Both null unless it has an open connection of its API-mode session, on a node that is alive. */
  async ofCode(accountId: string, code: string): Promise<FoundDevice | undefined> {
    const aliveSince = new Date(this.clock.now().getTime() - nodeSilentAfterMs);
    const rows: FoundDevice[] = await this.dataSource.query(
      `SELECT CASE WHEN reachable THEN node END AS node, CASE WHEN reachable THEN connection_id END AS "connectionId"
         FROM (SELECT device.node, device.connection_id,
                      device.connected AND device.session_mode = 'api' AND node.alive_at > $3
                      AND device.connection_session_number = device.session_number AS reachable
                 FROM pairing.device LEFT JOIN pairing.node ON node.id = device.node
                WHERE device.account_id = $1 AND device.code = $2) AS found`,
      [accountId, comparableCode(code), aliveSince],
    );
    return rows[0];
  }

  async codeOf(accountId: string, deviceId: string): Promise<string | null> {
    const rows: { code: string | null }[] = await this.dataSource.query(
      'SELECT code FROM pairing.device WHERE account_id = $1 AND id = $2',
      [accountId, deviceId],
    );
    return rows[0]?.code ?? null;
  }
}
