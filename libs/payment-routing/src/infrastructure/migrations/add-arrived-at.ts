import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a result reached a gateway, for people who look where the time went; null: older versions did not keep it. */
export class AddArrivedAt1764600000300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE payment_routing.reported_result ADD COLUMN arrived_at timestamptz');
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
