import type { DataSource } from 'typeorm';

/**
 * Has the platform publish again what it said since then, as far back as the outbox keeps events (3 days); gives their number.
 * What had its effect is dropped by the inbox, so it never does harm.
 */
export async function republishSince(dataSource: DataSource, since: Date): Promise<number> {
  const [, count]: [unknown, number] = await dataSource.query(
    'UPDATE messaging.outbox SET sent_at = NULL WHERE sent_at IS NOT NULL AND created_at >= $1',
    [since],
  );
  return count;
}
