import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The log of an account, and how far each source of it has come. */
export class CreateEventLog1764000000400 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE notifications.log (
        account_id uuid PRIMARY KEY,
        last_sequence bigint NOT NULL,
        first_sequence bigint NOT NULL DEFAULT 1,
        retention_days int NOT NULL DEFAULT 90,
        settings_sequence int NOT NULL DEFAULT 0
      );
      CREATE TABLE notifications.event (
        account_id uuid NOT NULL,
        sequence bigint NOT NULL,
        id uuid NOT NULL UNIQUE,
        type text NOT NULL,
        data json NOT NULL,
        occurred_at timestamptz NOT NULL,
        logged_at timestamptz NOT NULL,
        PRIMARY KEY (account_id, sequence)
      );
      CREATE INDEX event_age ON notifications.event (account_id, logged_at, sequence);
      CREATE TABLE notifications.source (
        context text NOT NULL,
        aggregate_id text NOT NULL,
        last_sequence int NOT NULL,
        parked int NOT NULL DEFAULT 0,
        PRIMARY KEY (context, aggregate_id)
      );
      CREATE TABLE notifications.parked (
        context text NOT NULL,
        aggregate_id text NOT NULL,
        sequence int NOT NULL,
        account_id uuid NOT NULL,
        occurred_at timestamptz NOT NULL,
        parked_at timestamptz NOT NULL,
        events json NOT NULL,
        PRIMARY KEY (context, aggregate_id, sequence)
      );
    `);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
