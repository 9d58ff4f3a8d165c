import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';
import { WebhookNotFoundError } from '../domain/notifications.errors.js';
import type { DisabledReason, Webhook } from '../domain/webhook.js';
import { SecretBox } from './secret-box.js';

export type WebhookChange = Partial<Pick<Webhook, 'url' | 'description' | 'types' | 'enabled'>>;

/** The endpoints of an account. Every query names the account. */
@Injectable()
export class Webhooks {
  constructor(private readonly box: SecretBox) {}

  async count(tx: Tx, accountId: string): Promise<number> {
    // One at a time for an account, so that the limit holds.
    await tx.manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 7455450))', [accountId]);
    const [row]: { count: number }[] = await tx.manager.query(
      'SELECT count(*) FROM notifications.webhook WHERE account_id = $1',
      [accountId],
    );
    return row?.count ?? 0;
  }

  async add(tx: Tx, webhook: Webhook, secret: string): Promise<void> {
    const { id, accountId, url, description, types, createdAt } = webhook;
    await tx.manager.query(
      `INSERT INTO notifications.webhook (id, account_id, url, description, types, secret, enabled, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, true, $7)`,
      [id, accountId, url, description, types, this.box.seal(secret, id), createdAt],
    );
  }

  /** Enabled again, an endpoint starts with a clean sheet. Rejects with `webhook_not_found`. */
  async change(tx: Tx, accountId: string, id: string, change: WebhookChange): Promise<Webhook> {
    const { url = null, description = null, types = null, enabled = null } = change;
    const [rows]: [Webhook[], number] = await tx.manager.query(
      `UPDATE notifications.webhook AS webhook
          SET url = coalesce($3, url), description = coalesce($4, description), types = coalesce($5::text[], types),
              enabled = coalesce($6, enabled),
              disabled_reason = CASE WHEN $6 THEN NULL WHEN NOT $6 AND enabled THEN 'by_user' ELSE disabled_reason END,
              failing_since = CASE WHEN $6 THEN NULL ELSE failing_since END
        WHERE account_id = $1 AND id = $2 RETURNING ${columns}`,
      [accountId, id, url, description, types, enabled],
    );
    return found(rows);
  }

  async remove(tx: Tx, accountId: string, id: string): Promise<void> {
    const [rows]: [unknown[], number] = await tx.manager.query(
      'DELETE FROM notifications.webhook WHERE account_id = $1 AND id = $2 RETURNING id',
      [accountId, id],
    );
    found(rows);
  }

  /** The old secret goes on signing beside the new one until `until`. */
  async rotate(tx: Tx, accountId: string, id: string, secret: string, until: Date): Promise<void> {
    const [rows]: [unknown[], number] = await tx.manager.query(
      `UPDATE notifications.webhook SET previous_secret = secret, previous_until = $4, secret = $3
        WHERE account_id = $1 AND id = $2 RETURNING id`,
      [accountId, id, this.box.seal(secret, id), until],
    );
    found(rows);
  }

  /** Rejects with `webhook_not_found`; locked until the transaction ends, but not for those who add deliveries to it. */
  async get(tx: Tx, accountId: string, id: string): Promise<Webhook> {
    const rows: Webhook[] = await tx.manager.query(
      `SELECT ${columns} FROM notifications.webhook AS webhook WHERE account_id = $1 AND id = $2 FOR NO KEY UPDATE`,
      [accountId, id],
    );
    return found(rows);
  }

  async disable(tx: Tx, { accountId, id }: Webhook, reason: DisabledReason): Promise<void> {
    await tx.manager.query(
      'UPDATE notifications.webhook SET enabled = false, disabled_reason = $3 WHERE account_id = $1 AND id = $2',
      [accountId, id, reason],
    );
  }

  async noteFailure(tx: Tx, { accountId, id }: Webhook, at: Date): Promise<void> {
    await tx.manager.query(
      `UPDATE notifications.webhook SET failing_since = $3 WHERE account_id = $1 AND id = $2 AND failing_since IS NULL`,
      [accountId, id, at],
    );
  }
}

const columns = `webhook.id, webhook.account_id AS "accountId", webhook.url, webhook.description, webhook.types, webhook.enabled,
  webhook.disabled_reason AS "disabledReason", webhook.failing_since AS "failingSince", webhook.created_at AS "createdAt"`;

function found<Row>([row]: readonly Row[]): Row {
  if (row === undefined) throw new WebhookNotFoundError();
  return row;
}
