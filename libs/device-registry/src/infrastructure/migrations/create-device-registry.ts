import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateDeviceRegistry1763900000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE device_registry.device (
        id uuid PRIMARY KEY,
        version int NOT NULL,
        sequence int NOT NULL,
        serial_number text NOT NULL UNIQUE,
        model text NOT NULL,
        app_version text NOT NULL,
        public_key jsonb NOT NULL,
        key_thumbprint text NOT NULL UNIQUE,
        registered_at timestamptz NOT NULL,
        registered_from text NOT NULL,
        network_checked boolean NOT NULL,
        app_installed boolean NOT NULL,
        account_id uuid,
        last_session_number int NOT NULL,
        session_id uuid,
        session_mode text CHECK (session_mode IN ('api', 'standalone')),
        session_user_id uuid,
        session_opened_at timestamptz,
        locked boolean NOT NULL,
        retired boolean NOT NULL,
        CHECK (num_nulls(session_id, session_mode, session_user_id, session_opened_at) IN (0, 4))
      );
      CREATE INDEX device_unbound ON device_registry.device (registered_from, registered_at) WHERE account_id IS NULL;
      CREATE INDEX device_session_user ON device_registry.device (session_user_id) WHERE session_user_id IS NOT NULL;
    `);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
