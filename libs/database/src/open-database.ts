import { DataSource, type EntityTarget, type ObjectLiteral } from 'typeorm';
import type { DatabaseSettings } from './database-settings.js';
import { refuseLossySettings } from './durability.js';
import { migrate } from './migrate.js';
import { tenantClient, type Terms } from './tenant-client.js';

/** Milliseconds after which PostgreSQL ends what has gone wrong, so that one stuck request cannot hold the others. */
const timeouts = {
  statement_timeout: 15_000,
  lock_timeout: 5_000,
  idle_in_transaction_session_timeout: 30_000,
} as const;
/** Milliseconds: longer than PostgreSQL itself lets any statement run. */
const patience = 20_000;

/** PostgreSQL cannot be reached, or does not let us in. */
export class UnusableDatabaseError extends Error {}

/** Connects, refuses a database that would lose commits, and brings every context's schema up to date, and raises the walls between accounts. Throws UnusableDatabaseError. */
export async function openDatabase(
  settings: Pick<DatabaseSettings, 'url' | 'contexts' | 'poolSize'>,
): Promise<DataSource> {
  const terms: Terms = { role: null, patience: null };
  const dataSource = new DataSource({
    type: 'postgres',
    url: settings.url,
    applicationName: 'tillgate',
    poolSize: settings.poolSize,
    connectTimeoutMS: 5_000,
    // bigint columns hold cents and counters, all far below 2^53: they arrive as numbers.
    parseInt8: true,
    installExtensions: false,
    migrationsTableName: 'migrations',
    entities: settings.contexts.flatMap((context) => context.rows.map(asClass)),
    migrations: settings.contexts.flatMap((context) => [...context.migrations]),
    // A host that vanished is noticed by the operating system, not only by who waits for an answer.
    extra: { ...timeouts, keepAlive: true, keepAliveInitialDelayMillis: 10_000, Client: tenantClient(terms) },
  });
  await connect(dataSource, settings.url);
  try {
    await refuseLossySettings(dataSource);
    terms.role = await migrate(dataSource, settings.contexts);
    terms.patience = patience;
    return dataSource;
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
}

async function connect(dataSource: DataSource, url: string): Promise<void> {
  try {
    await dataSource.initialize();
  } catch (error) {
    const where = withoutPassword(url);
    throw new UnusableDatabaseError(`PostgreSQL at ${where} cannot be used: ${reason(error)}`, { cause: error });
  }
}

const withoutPassword = (url: string): string => {
  if (!URL.canParse(url)) return 'an address that is not a URL';
  const { hostname, port, pathname } = new URL(url);
  return `${hostname}:${port || '5432'}${pathname}`;
};

/** node-postgres reports a refused connection as an AggregateError without a message. */
function reason(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reason).join(', ');
  return error instanceof Error ? error.message : String(error);
}

function asClass(row: EntityTarget<ObjectLiteral>): new () => ObjectLiteral {
  if (typeof row !== 'function') throw new TypeError('a row of a context is a class');
  return row as new () => ObjectLiteral;
}
