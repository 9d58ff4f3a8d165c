import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JWK } from 'jose';
import { DeviceKey } from '../platform/device-key.js';
import { nothingSaved, type Saved, type TerminalStore } from '../terminal-store.js';
import { isMissingFile } from './missing-file.js';

/** Keeps a terminal's key and session in a folder, readable by its owner only. */
export class FileStore implements TerminalStore {
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly folder: string) {}

  async key(): Promise<DeviceKey> {
    const known = await this.read<JWK>('key.json');
    if (known) return DeviceKey.fromJwk(known);
    const key = await DeviceKey.generate(true);
    await this.write('key.json', await key.privateJwk());
    return key;
  }

  async load(): Promise<Saved> {
    return (await this.read<Saved>('session.json')) ?? nothingSaved;
  }

  /** One after another, so that the last word is what stays. */
  save(saved: Saved): Promise<void> {
    const written = this.writing.then(() => this.write('session.json', saved));
    this.writing = written.catch(() => undefined);
    return written;
  }

  private async read<Value>(name: string): Promise<Value | undefined> {
    try {
      return JSON.parse(await readFile(join(this.folder, name), 'utf8')) as Value;
    } catch (error) {
      if (isMissingFile(error)) return undefined;
      throw error;
    }
  }

  /** In whole or not at all, whenever the power goes. */
  private async write(name: string, value: unknown): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const next = join(this.folder, `${name}.next`);
    await writeFile(next, JSON.stringify(value), { mode: 0o600, flush: true });
    await rename(next, join(this.folder, name));
  }
}
