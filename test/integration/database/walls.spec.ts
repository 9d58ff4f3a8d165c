import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pLimit from 'p-limit';
import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { acrossAccounts, type ContextSchema, limitToAccount, openDatabase } from '#database';
import { accountsSchema } from '#accounts';
import { deviceRegistrySchema } from '#device-registry';
import { messagingSchema } from '#messaging';
import { notificationsSchema } from '#notifications';
import { pairingSchema } from '#pairing';
import { paymentRoutingSchema } from '#payment-routing';
import { rateLimitsSchema } from '../../../apps/platform/src/rate-limits/shared-counts.js';
import { aTestDatabase, connectedTo, type TestDatabase } from '../../support/database.js';

class CreateNotes1764000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE notebook.note (account_id uuid NOT NULL, text text NOT NULL)');
  }

  down(): Promise<void> {
    throw new Error('forward only');
  }
}

const notebook: ContextSchema = { schema: 'notebook', rows: [], migrations: [CreateNotes1764000000001] };
const [one, other] = [randomUUID(), randomUUID()];

/** Runs as a request of the account does. */
const as = <Result>(account: string, work: () => Promise<Result>): Promise<Result> =>
  acrossAccounts(() => {
    limitToAccount(account);
    return work();
  });

const notesIn = async (dataSource: DataSource): Promise<string[]> => {
  const rows: { text: string }[] = await dataSource.query('SELECT text FROM notebook.note ORDER BY text');
  return rows.map(({ text }) => text);
};

async function write(dataSource: DataSource): Promise<void> {
  const values = [one, 'mine', other, 'yours'];
  await dataSource.query('INSERT INTO notebook.note VALUES ($1, $2), ($3, $4)', values);
}

describe('the wall between accounts', () => {
  let database: TestDatabase;
  let dataSource: DataSource;

  beforeAll(async () => {
    database = await aTestDatabase({ contexts: [notebook], poolSize: 5 });
    ({ dataSource } = database);
    await write(dataSource);
  });

  afterAll(() => database.drop());

  it('shows a query that forgot its account only rows of the account it works for', async () => {
    expect(await as(one, () => notesIn(dataSource))).toEqual(['mine']);
    expect(await as(other, () => notesIn(dataSource))).toEqual(['yours']);
    expect(await as(randomUUID(), () => notesIn(dataSource))).toEqual([]);
    expect(await acrossAccounts(() => notesIn(dataSource))).toEqual(['mine', 'yours']);
  });

  it('lets nobody write, change or delete on the other side', async () => {
    await as(one, async () => {
      const insert = dataSource.query('INSERT INTO notebook.note VALUES ($1, $2)', [other, 'forged']);
      await expect(insert).rejects.toThrow('row-level security');
      const move = dataSource.query('UPDATE notebook.note SET account_id = $1', [other]);
      await expect(move).rejects.toThrow('row-level security');
      await dataSource.query(`DELETE FROM notebook.note WHERE text = 'yours'`);
      await dataSource.query(`UPDATE notebook.note SET text = 'stolen' WHERE text = 'yours'`);
    });
    expect(await notesIn(dataSource)).toEqual(['mine', 'yours']);
  });

  it('stands in transactions, and goes with the work and not with the connection', async () => {
    const works = Array.from({ length: 200 }, (_, index) => (index % 2 === 0 ? one : other));
    // More than there are connections, and not so many that one is waited for too long.
    const places = pLimit(20);
    const seen = await Promise.all(
      works.map((account) =>
        places(() => as(account, () => dataSource.transaction((manager) => notesIn(manager as never)))),
      ),
    );
    expect(seen).toEqual(works.map((account) => [account === one ? 'mine' : 'yours']));
  });

  it('works as a role that owns nothing and cannot look over it', async () => {
    const [me]: unknown[] = await dataSource.query(
      `SELECT current_user AS name, rolsuper OR rolbypassrls AS "overTheWall" FROM pg_roles WHERE rolname = current_user`,
    );
    expect(me).toEqual({ name: 'tillgate_app', overTheWall: false });
    await expect(dataSource.query('ALTER TABLE notebook.note DISABLE ROW LEVEL SECURITY')).rejects.toThrow('owner');
  });

  it('lets nothing through where nobody said whose work it is', async () => {
    const rows = await connectedTo(database.url, async (client) => {
      await client.query('SET ROLE tillgate_app');
      return (await client.query<{ text: string }>('SELECT * FROM notebook.note')).rows;
    });
    expect(rows).toEqual([]);
  });

  it('holds an owner who is no superuser too, and refuses one who may look over it', async () => {
    const user = `tillgate_test_${randomUUID().slice(0, 8)}`;
    await connectedTo(database.url, async (client) => {
      await client.query(`CREATE ROLE ${user} LOGIN PASSWORD 'secret'; CREATE SCHEMA own AUTHORIZATION ${user}`);
      await client.query(`GRANT CREATE ON DATABASE ${new URL(database.url).pathname.slice(1)} TO ${user}`);
      await client.query(`GRANT CREATE, USAGE ON SCHEMA public TO ${user}; DROP TABLE IF EXISTS public.migrations`);
      await client.query('DROP SCHEMA notebook CASCADE');
    });
    const url = Object.assign(new URL(database.url), { username: user, password: 'secret' }).href;
    const owned = await openDatabase({ url, contexts: [notebook], poolSize: 2 });
    await write(owned);
    expect(await as(one, () => notesIn(owned))).toEqual(['mine']);
    await owned.destroy();
    await connectedTo(database.url, (client) => client.query(`ALTER ROLE ${user} BYPASSRLS`));
    await expect(openDatabase({ url, contexts: [notebook], poolSize: 2 })).rejects.toThrow('BYPASSRLS');
    await connectedTo(database.url, (client) => client.query(`DROP OWNED BY ${user} CASCADE; DROP ROLE ${user}`));
  });
});

describe('every table', () => {
  const contexts = [accountsSchema, deviceRegistrySchema, pairingSchema, paymentRoutingSchema, notificationsSchema];
  const all = [messagingSchema, rateLimitsSchema, ...contexts];
  let database: TestDatabase;

  beforeAll(async () => {
    database = await aTestDatabase({ contexts: all });
  });

  afterAll(() => database.drop());

  it('has the wall, or is one of the few that belong to no account', async () => {
    const schemas = all.map(({ schema }) => schema);
    const rows: { name: string; walled: boolean }[] = await database.dataSource.query(
      `SELECT n.nspname || '.' || c.relname AS name, c.relrowsecurity AND c.relforcerowsecurity AS walled
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ANY ($1) AND c.relkind = 'r' ORDER BY 1`,
      [schemas],
    );
    expect(rows.filter(({ walled }) => !walled).map(({ name }) => name)).toEqual(withoutAccount);
    expect(rows.length).toBeGreaterThan(25);
  });
});

/**
 * No request reads these by an account: events carry theirs inside, counters are of hashes, budgets of whoever spends them, nodes are processes, and the
 * rest are read by the device's or account's own id, which the request got behind a wall.
 */
const withoutAccount: string[] = [
  'accounts.failure_counter',
  'device_registry.setup_code_guesses',
  'messaging.dead_letter',
  'messaging.declared_queue',
  'messaging.inbox',
  'messaging.outbox',
  'notifications.source',
  'pairing.account',
  'pairing.node',
  'pairing.status',
  'payment_routing.node',
  'payment_routing.reported_result',
  'rate_limits.budget',
];
