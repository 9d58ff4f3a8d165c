import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddDeviceLabels1764100000200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE pairing.device
        ADD COLUMN name text,
        ADD COLUMN location text,
        ADD COLUMN last_session_number bigint NOT NULL DEFAULT 0,
        ADD COLUMN unpaired_session_number bigint NOT NULL DEFAULT 0;
      UPDATE pairing.device SET last_session_number = coalesce(greatest(session_number, connection_session_number), 0);
    `);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
