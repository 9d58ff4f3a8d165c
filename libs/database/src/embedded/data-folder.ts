import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type Binaries, majorVersion } from './binaries.js';
import { codeOf } from './error-code.js';
import { makeReachable, type SystemUser } from './system-user.js';

const run = promisify(execFile);

export const superuser = 'tillgate';

/** What an embedded PostgreSQL keeps: `data` (its own), `password` (mode 600), `owner.pid` and `postgresql.log`. */
export interface DataFolder {
  readonly data: string;
  readonly ownerFile: string;
  readonly logFile: string;
  readonly password: string;
}

/** Makes the folder at the first start; at the next ones finds it as it was left. */
export async function prepareDataFolder(dir: string, binaries: Binaries, user: SystemUser): Promise<DataFolder> {
  const home = resolve(dir);
  await mkdir(home, { recursive: true });
  await giveTo(user, home);
  if (user.uid !== undefined) await Promise.all([makeReachable(join(home, 'data')), makeReachable(binaries.postgres)]);
  const password = await keptPassword(join(home, 'password'), user);
  const data = join(home, 'data');
  await initialise(data, home, binaries, user);
  return { data, ownerFile: join(home, 'owner.pid'), logFile: join(home, 'postgresql.log'), password };
}

async function keptPassword(file: string, user: SystemUser): Promise<string> {
  const kept = await textOf(file);
  if (kept) return kept;
  const password = randomBytes(24).toString('base64url');
  await writeFile(file, password, { mode: 0o600 });
  await giveTo(user, file);
  return password;
}

async function initialise(data: string, home: string, { initdb }: Binaries, user: SystemUser): Promise<void> {
  const version = await textOf(join(data, 'PG_VERSION'));
  if (version === majorVersion) return;
  if (version)
    throw new Error(`${data} was made by PostgreSQL ${version}, and this is ${majorVersion}: move the folder away`);
  // Made beside its place and then renamed, so that an interrupted first start leaves no half of a database.
  const unfinished = `${data}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  const options = [`--pgdata=${unfinished}`, `--username=${superuser}`, `--pwfile=${join(home, 'password')}`];
  const flags = ['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C'];
  try {
    await run(initdb, [...options, ...flags], { ...user, cwd: home, env: { ...process.env, LC_ALL: 'C' } });
  } catch (error) {
    throw new Error(`The database in ${home} could not be made: ${complaintOf(error)}`, { cause: error });
  }
  await rename(unfinished, data);
}

async function giveTo({ uid, gid }: SystemUser, path: string): Promise<void> {
  if (uid !== undefined && gid !== undefined) await chown(path, uid, gid);
}

/** The trimmed text of a file; undefined when there is none. */
export async function textOf(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

const complaintOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'stderr' in error ? String(error.stderr).trim() : String(error);
