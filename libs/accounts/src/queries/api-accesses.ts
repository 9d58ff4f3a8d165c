import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

export interface ApiAccessView {
  readonly id: string;
  readonly name: string;
  readonly general: 'none' | 'read' | 'write';
  readonly settings: 'none' | 'read' | 'write';
  readonly processing: 'none' | 'auth' | 'positive_transaction' | 'admin';
  readonly createdAt: Date;
  /** Within ten minutes. */
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

@Injectable()
export class ApiAccessesQuery {
  constructor(private readonly dataSource: DataSource) {}

  /** Those that work first, the newest of them at the top. */
  all(accountId: string): Promise<ApiAccessView[]> {
    return this.dataSource.query(
      `SELECT id, name, general, settings, processing, created_at AS "createdAt", last_used_at AS "lastUsedAt",
              revoked_at AS "revokedAt"
         FROM accounts.api_access WHERE account_id = $1 ORDER BY revoked_at IS NOT NULL, created_at DESC, id`,
      [accountId],
    );
  }
}
