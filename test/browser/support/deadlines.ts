import { connectedTo } from '../../support/database.js';

/** A test does not wait 90 seconds for a payment to become unknown: its time is over now. */
export async function passDeadline(databaseUrl: string, paymentId: string): Promise<void> {
  const { rowCount } = await connectedTo(databaseUrl, (client) =>
    client.query('UPDATE payment_routing.payment SET due_at = now() WHERE id = $1', [paymentId]),
  );
  if (rowCount !== 1) throw new Error('there is no such payment');
}
