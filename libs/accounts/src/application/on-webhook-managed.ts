import { Controller } from '@nestjs/common';
import { type EventOf, WebhookManaged } from '#contracts';
import type { Tx } from '#database';
import { On } from '#messaging';
import { AuditLog } from '../infrastructure/audit-log.js';

/** Who changed an endpoint, with all other changes of the account. */
@Controller()
export class OnWebhookManaged {
  constructor(private readonly auditLog: AuditLog) {}

  @On(WebhookManaged, 'accounts')
  async handle({ data, occurredAt }: EventOf<typeof WebhookManaged>, tx: Tx): Promise<void> {
    const { accountId, webhookId: subjectId, change, host, by } = data;
    const entry = { accountId, at: new Date(occurredAt), by: { ...by, role: null } };
    await this.auditLog.append(tx, { ...entry, action: `webhook.${change}`, subjectId, facts: { host } });
  }
}
