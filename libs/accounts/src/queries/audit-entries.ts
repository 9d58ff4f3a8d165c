import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

export interface AuditEntryView {
  readonly id: number;
  readonly at: Date;
  readonly actorKind: string;
  readonly actorName: string;
  readonly action: string;
  readonly subjectId: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

@Injectable()
export class AuditEntries {
  constructor(private readonly dataSource: DataSource) {}

  /** Newest first; `before`: the id of the last one that was read, null to begin. `next`: null when there are no older ones. */
  async page(
    accountId: string,
    before: number | null,
    limit: number,
  ): Promise<{ readonly entries: readonly AuditEntryView[]; readonly next: number | null }> {
    const read: AuditEntryView[] = await this.dataSource.query(
      `SELECT id, at, actor_kind AS "actorKind", actor_name AS "actorName", action, subject_id AS "subjectId", facts
         FROM accounts.audit_entry WHERE account_id = $1 AND ($2::bigint IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
      [accountId, before, limit + 1],
    );
    const entries = read.slice(0, limit);
    return { entries, next: read.length > limit ? (entries.at(-1)?.id ?? null) : null };
  }
}
