import { afterEach, describe, expect, it } from '@jest/globals';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { type ContextSchema, isOutage, openDatabase } from '#database';
import { aTestDatabase, connectedTo, dropTestDatabase, type TestDatabase } from '../../support/database.js';
import { Road } from './road.js';

class CreateShelf1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE library.shelf (id int PRIMARY KEY, cents bigint NOT NULL)');
  }
  async down(): Promise<void> {
    // forward only
  }
}

class BreakHalfWay1764000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE library.half (id int)');
    await runner.query('CREATE TABLE library.half (id int)');
  }
  async down(): Promise<void> {
    // forward only
  }
}

const aLibrary = (...migrations: ContextSchema['migrations']): ContextSchema => ({
  schema: 'library',
  rows: [],
  migrations,
});

describe('opening the database', () => {
  let database: TestDatabase | undefined;
  afterEach(async () => {
    await database?.drop();
    database = undefined;
  });

  it('creates the schema of a context and runs its migrations once, however many processes start together', async () => {
    database = await aTestDatabase({ contexts: [] });
    const { url } = database;
    const contexts = [aLibrary(CreateShelf1764000000000)];
    const opened = await Promise.all([1, 2, 3, 4].map(() => openDatabase({ url, contexts, poolSize: 2 })));
    for (const dataSource of opened) await dataSource.destroy();
    const asOwner = await connectedTo(url, (client) => client.query('SELECT name FROM migrations'));
    expect(asOwner.rows).toEqual([{ name: 'CreateShelf1764000000000' }]);
  });

  it('leaves nothing of a migration that failed', async () => {
    database = await aTestDatabase({ contexts: [] });
    const { url } = database;
    const contexts = [aLibrary(CreateShelf1764000000000, BreakHalfWay1764000000001)];
    await expect(openDatabase({ url, contexts, poolSize: 2 })).rejects.toThrow('already exists');
    const asOwner = await connectedTo(url, (client) =>
      client.query(`SELECT to_regclass('library.shelf') AS shelf, to_regclass('library.half') AS half`),
    );
    expect(asOwner.rows).toEqual([{ shelf: 'library.shelf', half: null }]);
  });

  it('gives up a connection of a server that has vanished, and takes a new one when it is back', async () => {
    database = await aTestDatabase({ contexts: [] });
    const road = await Road.to(database.url);
    const dataSource = await openDatabase({ url: road.url, contexts: [], poolSize: 2 });
    try {
      road.isBlocked = true;
      const asked = [1, 2].map((n) => dataSource.query(`SELECT ${n} AS n`));
      const inTransaction = dataSource.transaction((manager) => manager.query('SELECT 3 AS n'));
      const answers = await Promise.allSettled([...asked, inTransaction]);
      for (const answer of answers) {
        expect(answer.status).toBe('rejected');
        expect(isOutage((answer as PromiseRejectedResult).reason)).toBe(true);
      }
      road.isBlocked = false;
      expect(await dataSource.query('SELECT 4 AS n')).toEqual([{ n: 4 }]);
    } finally {
      await dataSource.destroy();
      road.close();
    }
  });

  it('gives bigint columns as numbers', async () => {
    database = await aTestDatabase({ contexts: [aLibrary(CreateShelf1764000000000)] });
    await database.dataSource.query('INSERT INTO library.shelf VALUES (1, 99999999999)');
    expect(await database.dataSource.query('SELECT cents FROM library.shelf')).toEqual([{ cents: 99_999_999_999 }]);
  });

  it('ends a statement and a forgotten transaction that take too long', async () => {
    database = await aTestDatabase({ contexts: [] });
    const shown: unknown = await database.dataSource.query(
      `SELECT name, setting::int FROM pg_settings
       WHERE name IN ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout') ORDER BY name`,
    );
    expect(shown).toEqual([
      { name: 'idle_in_transaction_session_timeout', setting: 30_000 },
      { name: 'lock_timeout', setting: 5_000 },
      { name: 'statement_timeout', setting: 15_000 },
    ]);
  });

  it('refuses a database that answers before a commit is safe, and names the setting', async () => {
    database = await aTestDatabase({ contexts: [] });
    const { url } = database;
    await connectedTo(url, (client) =>
      client.query(`ALTER DATABASE ${new URL(url).pathname.slice(1)} SET synchronous_commit = off`),
    );
    await expect(openDatabase({ url, contexts: [], poolSize: 2 })).rejects.toThrow(/turn on synchronous_commit/);
  });

  it('says where it could not connect, without the password', async () => {
    const url = 'postgres://somebody:top-secret@127.0.0.1:1/tillgate';
    const refusal = openDatabase({ url, contexts: [], poolSize: 2 });
    await expect(refusal).rejects.toThrow(/^PostgreSQL at 127\.0\.0\.1:1\/tillgate cannot be used: .*ECONNREFUSED/);
    await expect(refusal).rejects.not.toThrow('top-secret');
  });

  it('refuses a schema name that would need quoting', async () => {
    await expect(aTestDatabase({ contexts: [{ ...aLibrary(), schema: 'a"b' }] })).rejects.toThrow('not a schema name');
  });
});

describe('a test database', () => {
  it('refuses to drop a database whose name lacks "test"', async () => {
    await expect(dropTestDatabase('postgres://u:p@127.0.0.1/tillgate')).rejects.toThrow('lacks "test"');
  });
});
