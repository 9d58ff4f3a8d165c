import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';
import type { AuditEntry } from '../domain/audit-entry.js';
import { AuditEntryRow } from './audit-entry.row.js';

@Injectable()
export class AuditLog {
  /** In the transaction of the change itself: there is no change without its entry. */
  async append(tx: Tx, { by, ...entry }: AuditEntry): Promise<void> {
    await tx.manager.insert(AuditEntryRow, {
      ...entry,
      actorKind: by.kind,
      actorId: by.id,
      actorName: by.name,
    });
  }
}
