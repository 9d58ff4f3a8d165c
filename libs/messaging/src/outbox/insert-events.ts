import type { DomainEvent } from '#contracts';
import type { Tx } from '#database';

/** One statement, however many events. */
export async function insertEvents(tx: Tx, events: readonly DomainEvent[]): Promise<void> {
  if (events.length === 0) return;
  await tx.manager.query(
    `INSERT INTO messaging.outbox (id, name, event)
     SELECT (event ->> 'id')::uuid, event ->> 'name', event FROM jsonb_array_elements($1::jsonb) AS event`,
    [JSON.stringify(events)],
  );
}
