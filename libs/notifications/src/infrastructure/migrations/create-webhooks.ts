import type { MigrationInterface, QueryRunner } from 'typeorm';

/** `delivery_due`: `due_at` is also the lease of whoever delivers; a killed worker's delivery is due again when it runs out. */
export class CreateWebhooks1764000000410 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE notifications.webhook (
        id uuid PRIMARY KEY,
        account_id uuid NOT NULL,
        url text NOT NULL,
        description text NOT NULL,
        types text[] NOT NULL,
        secret bytea NOT NULL,
        previous_secret bytea,
        previous_until timestamptz,
        enabled boolean NOT NULL,
        disabled_reason text CHECK (disabled_reason IN ('by_user', 'gone', 'failing')),
        failing_since timestamptz,
        created_at timestamptz NOT NULL
      );
      CREATE INDEX webhook_of_account ON notifications.webhook (account_id, created_at);
      CREATE TABLE notifications.delivery (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        account_id uuid NOT NULL,
        webhook_id uuid NOT NULL REFERENCES notifications.webhook ON DELETE CASCADE,
        message_id text NOT NULL,
        type text NOT NULL,
        body text NOT NULL,
        state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'delivered', 'failed')),
        tries int NOT NULL DEFAULT 0,
        since timestamptz NOT NULL,
        due_at timestamptz NOT NULL,
        created_at timestamptz NOT NULL,
        done_at timestamptz
      );
      CREATE INDEX delivery_due ON notifications.delivery (webhook_id, due_at) WHERE state = 'pending';
      CREATE INDEX delivery_of_webhook ON notifications.delivery (webhook_id, id);
      CREATE INDEX delivery_age ON notifications.delivery (since);
      CREATE TABLE notifications.delivery_attempt (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        account_id uuid NOT NULL,
        delivery_id bigint NOT NULL REFERENCES notifications.delivery ON DELETE CASCADE,
        at timestamptz NOT NULL,
        status int,
        problem text,
        took_ms int NOT NULL
      );
      CREATE INDEX attempt_of_delivery ON notifications.delivery_attempt (delivery_id, id);
    `);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
