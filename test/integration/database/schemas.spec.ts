import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { accountsSchema } from '#accounts';
import type { ContextSchema } from '#database';
import { deviceRegistrySchema } from '#device-registry';
import { messagingSchema } from '#messaging';
import { notificationsSchema } from '#notifications';
import { pairingSchema } from '#pairing';
import { paymentRoutingSchema } from '#payment-routing';
import { rateLimitsSchema } from '../../../apps/platform/src/rate-limits/shared-counts.js';
import { aTestDatabase, type TestDatabase } from '../../support/database.js';

const contexts: readonly ContextSchema[] = [
  accountsSchema,
  deviceRegistrySchema,
  messagingSchema,
  notificationsSchema,
  pairingSchema,
  paymentRoutingSchema,
  rateLimitsSchema,
];

/** Foreign keys from one schema into another one, as `schema.table -> schema.table`. */
const crossing = `
  SELECT format('%s.%s -> %s.%s', own.nspname, mine.relname, other.nspname, theirs.relname) AS name
    FROM pg_constraint AS key
    JOIN pg_class AS mine ON mine.oid = key.conrelid JOIN pg_namespace AS own ON own.oid = mine.relnamespace
    JOIN pg_class AS theirs ON theirs.oid = key.confrelid JOIN pg_namespace AS other ON other.oid = theirs.relnamespace
   WHERE key.contype = 'f' AND own.oid <> other.oid ORDER BY 1`;

/** Tables, views, sequences and functions outside a schema. The list of migrations is everybody's. */
const outside = `
  SELECT found.name
    FROM (SELECT relnamespace AS space, relname AS name FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
          UNION ALL SELECT pronamespace, proname FROM pg_proc) AS found (space, name)
    JOIN pg_namespace ON pg_namespace.oid = found.space
   WHERE nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast', $1)
     AND NOT (nspname = 'public' AND found.name IN ('migrations', 'migrations_id_seq')) ORDER BY 1`;

const tablesIn = `SELECT relname AS name FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = $1::regnamespace`;

const names = async ({ dataSource }: TestDatabase, sql: string, parameters: unknown[] = []): Promise<string[]> => {
  const rows: { name: string }[] = await dataSource.query(sql, parameters);
  return rows.map(({ name }) => name);
};

/** What a context leaves in a database in which there is no other one. */
async function alone(context: ContextSchema): Promise<{ tables: string[]; strays: string[] }> {
  const database = await aTestDatabase({ contexts: [context], poolSize: 1 });
  try {
    const { schema } = context;
    return { tables: await names(database, tablesIn, [schema]), strays: await names(database, outside, [schema]) };
  } finally {
    await database.drop();
  }
}

class PlantLeft1764000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE planted_left.tree (id int PRIMARY KEY); CREATE TABLE public.weed (id int)');
  }

  down(): Promise<void> {
    throw new Error('forward only');
  }
}

class PlantRight1764000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE planted_right.leaf (tree_id int REFERENCES planted_left.tree)');
  }

  down(): Promise<void> {
    throw new Error('forward only');
  }
}

const left: ContextSchema = { schema: 'planted_left', rows: [], migrations: [PlantLeft1764000000002] };
const right: ContextSchema = { schema: 'planted_right', rows: [], migrations: [PlantRight1764000000003] };

describe('the schemas of the contexts', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await aTestDatabase({ contexts: [...contexts, left, right] });
  });

  afterAll(() => database.drop());

  it('are all looked at here', async () => {
    const files = await Promise.all(['libs', 'apps'].map((folder) => readdir(folder, { recursive: true })));
    const [libs = [], apps = []] = files;
    const sources = [...libs.map((file) => join('libs', file)), ...apps.map((file) => join('apps', file))];
    const texts = await Promise.all(
      sources.filter((file) => file.endsWith('.ts')).map((file) => readFile(file, 'utf8')),
    );
    const declared = texts.flatMap((text) => [...text.matchAll(/: ContextSchema = \{\s+schema: '(\w+)'/g)]);
    expect(declared.map(([, schema]) => schema).sort()).toEqual(contexts.map(({ schema }) => schema));
  });

  it('are joined by no foreign key', async () => {
    expect(await names(database, crossing)).toEqual(['planted_right.leaf -> planted_left.tree']);
  });

  it.each(contexts.map((context) => [context.schema, context] as const))(
    'hold all that their context makes, and it needs no other: %s',
    async (_, context) => {
      const { tables, strays } = await alone(context);
      expect(tables.length).toBeGreaterThan(0);
      expect(strays).toEqual([]);
    },
  );

  it('are seen to be left, where a context makes a table elsewhere', async () => {
    expect(await alone(left)).toEqual({ tables: ['tree'], strays: ['weed'] });
  });
});
