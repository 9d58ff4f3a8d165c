import type { QueryRunner } from 'typeorm';
import type { ContextSchema } from './context-schema.js';

/** Cannot bypass row-level security and owns nothing. Superusers work as this role; others are held by FORCE. */
const role = 'tillgate_app';

interface Me {
  readonly superuser: boolean;
  readonly bypass: boolean;
}

/**
 * The second wall between accounts: whatever a query forgets, PostgreSQL shows a request only rows of its own account. Gives the
 * role to work as; null: the one that connected. Rejects when that one could look over the wall.
 */
export async function raiseWalls(runner: QueryRunner, contexts: readonly ContextSchema[]): Promise<string | null> {
  const schemas = contexts.map(({ schema }) => schema);
  const [me] = (await runner.query(
    'SELECT rolsuper AS superuser, rolbypassrls AS bypass FROM pg_roles WHERE rolname = current_user',
  )) as Me[];
  if (me?.bypass && !me.superuser)
    throw new Error('The database user has BYPASSRLS: take it away (ALTER ROLE … NOBYPASSRLS) and start again');
  for (const { table, column } of await tenantTables(runner, schemas)) await runner.query(wallOf(table, column));
  if (!me?.superuser) return null;
  await runner.query(createRole);
  for (const schema of schemas) await runner.query(grantsIn(schema));
  return role;
}

/** Every table that says whose its rows are, and has no wall yet. */
function tenantTables(runner: QueryRunner, schemas: readonly string[]): Promise<{ table: string; column: string }[]> {
  return runner.query(
    `SELECT format('%I.%I', n.nspname, c.relname) AS table, a.attname AS column
       FROM pg_class c
       JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = ANY ($1)
       JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
        AND a.attname = CASE WHEN n.nspname = 'accounts' AND c.relname = 'account' THEN 'id' ELSE 'account_id' END
      WHERE c.relkind = 'r' AND NOT c.relforcerowsecurity ORDER BY 1`,
    [schemas],
  );
}

/** The settings are read once for a query, not for each row; one that was never set lets nothing through. */
const wallOf = (table: string, column: string): string => `
  CREATE POLICY own_account ON ${table} USING (
    (SELECT current_setting('tillgate.account', true)) = '*'
    OR ${column} = (SELECT nullif(current_setting('tillgate.account', true), '*'))::uuid
  );
  ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
  ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;`;

/** Roles belong to the whole server, so another database may make it at this very moment. */
const createRole = `
  DO $$ BEGIN
    CREATE ROLE ${role} NOLOGIN NOSUPERUSER NOBYPASSRLS;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
  END $$`;

const grantsIn = (schema: string): string => `
  GRANT USAGE ON SCHEMA ${schema} TO ${role};
  GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${role};
  GRANT USAGE ON ALL SEQUENCES IN SCHEMA ${schema} TO ${role};`;
