import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startEmbeddedPostgres } from '#database/embedded';
import { connectedTo } from '../../support/database.js';

const ask = (url: string, statement: string): Promise<unknown[]> =>
  connectedTo(url, async (client) => (await client.query<Record<string, unknown>>(statement)).rows);
const postmasterOf = async (dir: string): Promise<number> =>
  Number.parseInt(await readFile(join(dir, 'data', 'postmaster.pid'), 'utf8'), 10);

describe('the embedded PostgreSQL', () => {
  let dir: string;
  beforeEach(async () => {
    // Mode 700, as a home folder: the user that PostgreSQL runs as cannot enter unless it is let in.
    dir = join(await mkdtemp(join(tmpdir(), 'tillgate-test-')), 'home', 'postgres');
  });
  afterEach(() => rm(join(dir, '..', '..'), { recursive: true, force: true }));

  it('keeps its data and its password over a stop and a start', async () => {
    const first = await startEmbeddedPostgres({ dir });
    await ask(first.url, `CREATE TABLE kept AS SELECT 'yes' AS answer`);
    await first.stop();
    const second = await startEmbeddedPostgres({ dir });
    expect(await ask(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 'yes' }]);
    expect(new URL(second.url).password).toBe(new URL(first.url).password);
    await second.stop();
  });

  it('listens on loopback only, keeps commits, and hides its password from other users', async () => {
    const postgres = await startEmbeddedPostgres({ dir });
    const settings = await ask(
      postgres.url,
      `SELECT name, setting FROM pg_settings
       WHERE name IN ('listen_addresses', 'unix_socket_directories', 'fsync', 'password_encryption') ORDER BY name`,
    );
    expect(settings).toEqual([
      { name: 'fsync', setting: 'on' },
      { name: 'listen_addresses', setting: '127.0.0.1' },
      { name: 'password_encryption', setting: 'scram-sha-256' },
      { name: 'unix_socket_directories', setting: '' },
    ]);
    expect((await stat(join(dir, 'password'))).mode & 0o777).toBe(0o600);
    const guess = Object.assign(new URL(postgres.url), { password: 'guess' }).href;
    await expect(ask(guess, 'SELECT 1')).rejects.toThrow('password authentication failed');
    await postgres.stop();
  });

  it('stops a server that a killed process left behind, and keeps what that had committed', async () => {
    const first = await startEmbeddedPostgres({ dir });
    await ask(first.url, `CREATE TABLE kept AS SELECT 'yes' AS answer`);
    // As after a kill -9: the server runs on, and the process that its owner file names is gone.
    const leftBehind = await postmasterOf(dir);
    const gone = spawn(process.execPath, ['--eval', '']);
    await once(gone, 'exit');
    await writeFile(join(dir, 'owner.pid'), String(gone.pid));
    const second = await startEmbeddedPostgres({ dir });
    expect(await postmasterOf(dir)).not.toBe(leftBehind);
    expect(await ask(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 'yes' }]);
    await second.stop();
    await first.stop();
  });

  it('says so when it ends without being asked to, and not when it is stopped', async () => {
    const postgres = await startEmbeddedPostgres({ dir });
    process.kill(await postmasterOf(dir), 'SIGQUIT');
    expect(await postgres.failed).toMatch(/^The embedded PostgreSQL has ended: .+postgresql\.log\)$/);
    await postgres.stop();
    const again = await startEmbeddedPostgres({ dir });
    await again.stop();
    expect(await Promise.race([again.failed, Promise.resolve('nothing failed')])).toBe('nothing failed');
  });

  it('refuses a folder that a living process uses', async () => {
    const postgres = await startEmbeddedPostgres({ dir });
    await expect(startEmbeddedPostgres({ dir })).rejects.toThrow(`in use by process ${process.pid}`);
    expect(await ask(postgres.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await postgres.stop();
  });

  it('says what PostgreSQL said when it does not start, and leaves nothing running', async () => {
    const occupant = createServer().listen(0, '127.0.0.1');
    await once(occupant, 'listening');
    const address = occupant.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const refusal = startEmbeddedPostgres({ dir, port }).finally(() => occupant.close());
    await expect(refusal).rejects.toThrow(/did not start: .*could not bind/);
    await expect(readFile(join(dir, 'owner.pid'))).rejects.toThrow('ENOENT');
  });

  it('refuses the data folder of another major version', async () => {
    await (await startEmbeddedPostgres({ dir })).stop();
    await writeFile(join(dir, 'data', 'PG_VERSION'), '15\n');
    await expect(startEmbeddedPostgres({ dir })).rejects.toThrow('was made by PostgreSQL 15, and this is 18');
  });
});
