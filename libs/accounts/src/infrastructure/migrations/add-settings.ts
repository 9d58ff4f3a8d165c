import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddSettings1764000000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE accounts.account
        ADD COLUMN deliver_within int NOT NULL DEFAULT 10,
        ADD COLUMN pay_within int NOT NULL DEFAULT 120,
        ADD COLUMN tipping jsonb,
        ADD COLUMN retention_days int NOT NULL DEFAULT 90
    `);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
