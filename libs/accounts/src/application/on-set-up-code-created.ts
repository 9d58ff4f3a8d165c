import { Controller } from '@nestjs/common';
import { type EventOf, SetUpCodeCreated } from '#contracts';
import type { Tx } from '#database';
import { On } from '#messaging';
import { AuditLog } from '../infrastructure/audit-log.js';

/** Who let a terminal be bound to the account without a password. */
@Controller()
export class OnSetUpCodeCreated {
  constructor(private readonly auditLog: AuditLog) {}

  @On(SetUpCodeCreated, 'accounts')
  async handle({ data, occurredAt }: EventOf<typeof SetUpCodeCreated>, tx: Tx): Promise<void> {
    const { accountId, setUpCodeId: subjectId, by } = data;
    const entry = { accountId, at: new Date(occurredAt), by: { ...by, role: null } };
    await this.auditLog.append(tx, { ...entry, action: 'setup_code.created', subjectId, facts: {} });
  }
}
