import { execFile } from 'node:child_process';
import { chmod, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Who PostgreSQL runs as: this process's own user, or, as it refuses root, the user `postgres`. */
export interface SystemUser {
  readonly uid?: number;
  readonly gid?: number;
}

export async function systemUser(): Promise<SystemUser> {
  if (process.getuid?.() !== 0) return {};
  return (await postgresUser()) ?? (await makePostgresUser());
}

async function postgresUser(): Promise<SystemUser | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', 'postgres']), run('id', ['-g', 'postgres'])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

async function makePostgresUser(): Promise<SystemUser> {
  const advice = 'PostgreSQL does not run as root: run Tillgate as another user, or set DATABASE_URL';
  try {
    await run('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres']);
  } catch (error) {
    throw new Error(`The user "postgres" could not be made. ${advice}`, { cause: error });
  }
  const user = await postgresUser();
  if (!user) throw new Error(`The user "postgres" was made and is not there. ${advice}`);
  return user;
}

/** Lets another user pass through (not list) the folders above `path`. */
export async function makeReachable(path: string): Promise<void> {
  const folder = dirname(path);
  if (folder === path) return;
  await makeReachable(folder);
  const { mode } = await stat(folder);
  if ((mode & 0o001) === 0) await chmod(folder, mode | 0o001);
}
