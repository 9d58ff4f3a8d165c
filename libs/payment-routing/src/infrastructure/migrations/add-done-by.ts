import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddDoneBy1764400000300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE payment_routing.payment ADD COLUMN requested_by jsonb, ADD COLUMN cancelled_by jsonb',
    );
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
