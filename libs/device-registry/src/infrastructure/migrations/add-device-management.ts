import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddDeviceManagement1764100000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE device_registry.device_code (
        device_id uuid PRIMARY KEY,
        account_id uuid NOT NULL,
        code text,
        sequence int NOT NULL
      );
      CREATE INDEX device_code_of_account ON device_registry.device_code (account_id, code) WHERE code IS NOT NULL;

      CREATE TABLE device_registry.setup_code (
        id uuid PRIMARY KEY,
        account_id uuid NOT NULL,
        account_name text NOT NULL,
        hash bytea NOT NULL UNIQUE,
        expires_at timestamptz NOT NULL,
        used_at timestamptz
      );
      CREATE TABLE device_registry.setup_code_guesses (
        network text PRIMARY KEY,
        since timestamptz NOT NULL,
        guesses int NOT NULL
      );
    `);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
