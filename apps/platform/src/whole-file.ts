import { link, rename, rm, writeFile } from 'node:fs/promises';

/** Writes a file that only its owner may read, in whole or not at all, whenever the process is killed. */
export async function writeWhole(file: string, text: string): Promise<void> {
  const next = `${file}.next`;
  await writeFile(next, text, { mode: 0o600, flush: true });
  await rename(next, file);
}

/** As `writeWhole`, but never over a file that is there: then it rejects with EEXIST. */
export async function writeWholeOnce(file: string, text: string): Promise<void> {
  const next = `${file}.${process.pid}`;
  await writeFile(next, text, { mode: 0o600, flush: true });
  try {
    await link(next, file);
  } finally {
    await rm(next, { force: true });
  }
}
