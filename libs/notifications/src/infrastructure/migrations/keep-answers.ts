import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a receiver says beside its status is how its developer finds out what was wrong. */
export class KeepAnswers1764000000430 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE notifications.delivery_attempt ADD COLUMN answer text');
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
