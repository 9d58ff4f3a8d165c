import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddUnknownIndex1764200000300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE INDEX payment_unknown ON payment_routing.payment (account_id, id) WHERE status = 'unknown'`,
    );
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
