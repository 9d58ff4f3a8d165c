import { join, resolve } from 'node:path';
import { superuser, textOf } from './data-folder.js';

/** The URL of the embedded PostgreSQL that another process runs on `dir`; undefined when none seems to run. */
export async function runningEmbeddedPostgres(dir: string): Promise<string | undefined> {
  const home = resolve(dir);
  const [pidFile, password] = await Promise.all([
    textOf(join(home, 'data', 'postmaster.pid')),
    textOf(join(home, 'password')),
  ]);
  // Its fourth line is the port (PostgreSQL, "postmaster.pid").
  const port = pidFile?.split('\n')[3]?.trim();
  if (port === undefined || password === undefined) return undefined;
  return `postgres://${superuser}:${password}@127.0.0.1:${port}/tillgate`;
}
