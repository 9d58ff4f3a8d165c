import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { type ContextSchema, openDatabase, UnitOfWork } from '#database';

export interface TestDatabase {
  readonly url: string;
  readonly dataSource: DataSource;
  readonly unitOfWork: UnitOfWork;
  /** Closes the data source and drops the database. */
  drop(): Promise<void>;
}

interface Needs {
  readonly contexts: readonly ContextSchema[];
  readonly poolSize?: number;
}

/** A new, migrated database of its own in the PostgreSQL that TEST_DATABASE_URL names. */
export async function aTestDatabase(with_: Needs): Promise<TestDatabase> {
  const server = serverUrl();
  const name = `tillgate_test_${randomBytes(6).toString('hex')}`;
  const url = Object.assign(new URL(server), { pathname: `/${name}` }).href;
  await asAdministrator(server, `CREATE DATABASE ${name}`);
  const dataSource = await opened(url, with_);
  return {
    url,
    dataSource,
    unitOfWork: new UnitOfWork(dataSource),
    drop: async () => {
      if (dataSource.isInitialized) await dataSource.destroy();
      await dropTestDatabase(url);
    },
  };
}

async function opened(url: string, { contexts, poolSize = 10 }: Needs): Promise<DataSource> {
  try {
    return await openDatabase({ url, contexts, poolSize });
  } catch (error) {
    await dropTestDatabase(url);
    throw error;
  }
}

/** Drops a database whose name says that it is a test's, and refuses any other. */
export async function dropTestDatabase(url: string): Promise<void> {
  const name = new URL(url).pathname.slice(1);
  if (!/^[a-z0-9_]*test[a-z0-9_]*$/.test(name))
    throw new Error(`${name} is not a test's database: its name lacks "test"`);
  await asAdministrator(serverUrl(), `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
}

/** A connection of its own, ended after `work`. */
export async function connectedTo<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function serverUrl(): string {
  const url = process.env.TEST_DATABASE_URL;
  if (!url) throw new Error('TEST_DATABASE_URL is not set: run npm test, which provides it');
  return url;
}

const asAdministrator = async (server: string, statement: string): Promise<void> => {
  await connectedTo(server, (client) => client.query(statement));
};
