import { Controller } from '@nestjs/common';
import { type EventOf, PaymentResolved } from '#contracts';
import type { Tx } from '#database';
import { On } from '#messaging';
import { AuditLog } from '../infrastructure/audit-log.js';

/** Who settled an unknown payment by hand, and how they know. */
@Controller()
export class OnPaymentResolved {
  constructor(private readonly auditLog: AuditLog) {}

  @On(PaymentResolved, 'accounts')
  async handle({ data, occurredAt }: EventOf<typeof PaymentResolved>, tx: Tx): Promise<void> {
    const { accountId, paymentId: subjectId, outcome, reason, by } = data;
    const entry = { accountId, at: new Date(occurredAt), by: { ...by, role: null } };
    await this.auditLog.append(tx, { ...entry, action: 'payment.resolved', subjectId, facts: { outcome, reason } });
  }
}
