import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddCardTerminal1764000000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE accounts.account
        ADD COLUMN card_terminal_id bigint GENERATED ALWAYS AS IDENTITY (START WITH 101) UNIQUE
    `);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
