import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What became of one payment is asked by its id: which entries are about it, and which deliveries brought them. */
export class TraceEvents1764000000420 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE notifications.event ADD COLUMN aggregate_id text;
      CREATE INDEX event_of_aggregate ON notifications.event (account_id, aggregate_id);
      CREATE INDEX delivery_of_message ON notifications.delivery (account_id, message_id);
    `);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
