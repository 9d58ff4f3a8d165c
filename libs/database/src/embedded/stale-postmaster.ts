import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type DataFolder, textOf } from './data-folder.js';
import { codeOf } from './error-code.js';

const run = promisify(execFile);

/**
 * A process that was killed leaves its PostgreSQL behind: it is stopped before the data folder is used again.
 * Rejects when the process that started it still lives, for then it is not left behind but in use.
 */
export async function reapStalePostmaster({ data, ownerFile }: DataFolder): Promise<void> {
  const pid = Number.parseInt((await textOf(join(data, 'postmaster.pid'))) ?? '', 10);
  if (!(await isPostmasterOf(data, pid))) return;
  const owner = Number.parseInt((await textOf(ownerFile)) ?? '', 10);
  if (isAlive(owner))
    throw new Error(`The database in ${data} is in use by process ${owner}: stop it, or set another TILLGATE_HOME`);
  await stop(pid);
}

async function stop(pid: number): Promise<void> {
  // Fast shutdown; then immediate, which the next start repairs from the log.
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    process.kill(pid, signal);
    for (let waited = 0; waited < 10_000; waited += 50) {
      if (!isAlive(pid)) return;
      await sleep(50);
    }
  }
  throw new Error(`PostgreSQL (process ${pid}) was left behind and does not stop: end it by hand`);
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** The number in an old pid file may by now be somebody else's, so the command line decides. */
async function isPostmasterOf(data: string, pid: number): Promise<boolean> {
  return isAlive(pid) && (await commandLine(pid)).includes(data);
}

async function commandLine(pid: number): Promise<string> {
  try {
    return await readFile(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return run('ps', ['-o', 'command=', '-p', String(pid)]).then(
      ({ stdout }) => stdout,
      () => '',
    );
  }
}
