import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The text of a file; undefined when there is none. */
export async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isMissingFile(error)) return undefined;
    throw error;
  }
}

/** What a file of JSON holds, as the caller wrote it; undefined when there is none. */
export async function jsonOf<Value>(path: string): Promise<Value | undefined> {
  const text = await textOf(path);
  return text === undefined ? undefined : (JSON.parse(text) as Value);
}

/** In whole or not at all, whenever the power goes; readable by the owner only. One writer of a file at a time. */
export async function writeWhole(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const next = `${path}.next`;
  await writeFile(next, text, { mode: 0o600, flush: true });
  await rename(next, path);
}

/** Errors of Node's own are of another realm under some test runners. */
const isMissingFile = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
