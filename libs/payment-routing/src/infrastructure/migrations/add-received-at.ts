import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddReceivedAt1764300000300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE payment_routing.payment ADD COLUMN received_at timestamptz');
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
