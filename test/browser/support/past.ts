import { connectedTo } from '../../support/database.js';

/** What a test does not wait for: it makes it so that it has happened. */
async function change(databaseUrl: string, statement: string, values: readonly string[]): Promise<void> {
  const { rowCount } = await connectedTo(databaseUrl, (client) => client.query(statement, [...values]));
  if (rowCount !== 1) throw new Error(`${rowCount ?? 0} rows instead of one: ${statement}`);
}

/** The time is over in which a device may answer. */
export const passDeadline = (databaseUrl: string, paymentId: string): Promise<void> =>
  change(databaseUrl, 'UPDATE payment_routing.payment SET due_at = now() WHERE id = $1', [paymentId]);

/** A device that is offline went an hour ago. */
export const offlineForAnHour = (databaseUrl: string, code: string): Promise<void> =>
  change(
    databaseUrl,
    `UPDATE pairing.device SET connection_since = now() - interval '1 hour' WHERE code = $1 AND NOT connected`,
    [code],
  );

export const runsVersion = (databaseUrl: string, code: string, version: string): Promise<void> =>
  change(
    databaseUrl,
    'UPDATE pairing.status SET app_version = $2 WHERE device_id = (SELECT id FROM pairing.device WHERE code = $1)',
    [code, version],
  );

/** What the account said last was put aside for a subscriber. */
export const putAside = (databaseUrl: string, accountId: string): Promise<void> =>
  change(
    databaseUrl,
    `INSERT INTO messaging.dead_letter (subscriber, message_id, event, reason)
     SELECT 'notifications', id, event, 'was ill' FROM messaging.outbox
      WHERE name = 'ApiModeChanged' AND event->>'accountId' = $1 LIMIT 1`,
    [accountId],
  );

/** Nobody took its deliveries for three days. */
export const gaveUpOn = (databaseUrl: string, webhookId: string): Promise<void> =>
  change(databaseUrl, `UPDATE notifications.webhook SET enabled = false, disabled_reason = 'failing' WHERE id = $1`, [
    webhookId,
  ]);
