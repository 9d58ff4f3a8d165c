import type { MigrationInterface, QueryRunner } from 'typeorm';

/** For what is asked of one device at each of its connections, and for lists of one device or of ends that are rare. */
export class AddListIndexes1764500000300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX payment_open ON payment_routing.payment (device_id)
       WHERE status IN ('requested', 'shown', 'processing', 'unknown');
      CREATE INDEX payment_of_code ON payment_routing.payment (account_id, device_code, id);
      DROP INDEX payment_routing.payment_unknown;
      CREATE INDEX payment_rare ON payment_routing.payment (account_id, status, id)
       WHERE status IN ('declined', 'cancelled', 'not_delivered', 'abandoned', 'unknown', 'failed')`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
