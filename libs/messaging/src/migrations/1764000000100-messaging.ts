import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Messaging1764000000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE messaging.outbox (
        id uuid PRIMARY KEY,
        name text NOT NULL,
        event jsonb NOT NULL,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        sent_at timestamptz
      );
      CREATE INDEX outbox_unsent ON messaging.outbox (created_at) WHERE sent_at IS NULL;
      CREATE INDEX outbox_sent ON messaging.outbox (sent_at) WHERE sent_at IS NOT NULL;
      CREATE INDEX outbox_in_order ON messaging.outbox (created_at, id);

      CREATE TABLE messaging.inbox (
        subscriber text NOT NULL,
        message_id uuid NOT NULL,
        received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (subscriber, message_id)
      );
      CREATE INDEX inbox_received ON messaging.inbox (received_at);

      CREATE TABLE messaging.dead_letter (
        subscriber text NOT NULL,
        message_id uuid NOT NULL,
        event jsonb NOT NULL,
        reason text NOT NULL,
        died_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (subscriber, message_id)
      );

      -- lost_at: the broker forgot the queue, and its events are not published to it again yet.
      CREATE TABLE messaging.declared_queue (
        name text PRIMARY KEY,
        declared_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        lost_at timestamptz
      );
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations run forward only'));
  }
}
