import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddDeactivatedUsers1764400000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE TABLE device_registry.deactivated_user (user_id uuid PRIMARY KEY, account_id uuid NOT NULL)',
    );
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
