import type { MigrationInterface, QueryRunner } from 'typeorm';

export class DeadLetters1764000000110 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- event is null, and content the bytes as they came, when a message is no JSON object.
      ALTER TABLE messaging.dead_letter
        ALTER COLUMN event DROP NOT NULL,
        ADD COLUMN content bytea,
        ADD COLUMN retry_at timestamptz,
        ADD CONSTRAINT dead_letter_holds_the_message CHECK ((event IS NULL) <> (content IS NULL));
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations run forward only'));
  }
}
