import { type DataSource, MigrationExecutor, type QueryRunner } from 'typeorm';
import type { ContextSchema } from './context-schema.js';
import { raiseWalls } from './walls.js';

/** Any fixed number: all processes of a database must use the same one. */
const lock = 7_455_428;

/** Gives the role to work as (see `raiseWalls`). Runs what is pending, each migration in its own transaction; of several processes that start at once, one works and the others wait. */
export async function migrate(dataSource: DataSource, contexts: readonly ContextSchema[]): Promise<string | null> {
  const runner = dataSource.createQueryRunner();
  try {
    // A migration of a large table, and the wait for another process's, may take as long as they need.
    await runner.query('SET statement_timeout = 0');
    await runner.query('SET lock_timeout = 0');
    await runner.query('SELECT pg_advisory_lock($1)', [lock]);
    try {
      await createSchemas(runner, contexts);
      const executor = new MigrationExecutor(dataSource, runner);
      executor.transaction = 'each';
      await executor.executePendingMigrations();
      return await raiseWalls(runner, contexts);
    } finally {
      await runner.query('SELECT pg_advisory_unlock($1)', [lock]);
      await runner.query('RESET statement_timeout');
      await runner.query('RESET lock_timeout');
    }
  } finally {
    await runner.release();
  }
}

async function createSchemas(runner: QueryRunner, contexts: readonly ContextSchema[]): Promise<void> {
  for (const { schema } of contexts) {
    if (!/^[a-z][a-z_]*$/.test(schema)) throw new Error(`"${schema}" is not a schema name: lower case and underscores`);
    await runner.query(`CREATE SCHEMA IF NOT EXISTS "${schema}"`);
  }
}
