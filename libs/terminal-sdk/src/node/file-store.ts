import { join } from 'node:path';
import type { JWK } from 'jose';
import { DeviceKey } from '../platform/device-key.js';
import { nothingSaved, type Saved, type TerminalStore } from '../terminal-store.js';
import { jsonOf, writeWhole } from './whole-file.js';

/** Keeps a terminal's key and session in a folder, readable by its owner only. */
export class FileStore implements TerminalStore {
  private readonly keyFile: string;
  private readonly sessionFile: string;
  private writing: Promise<void> = Promise.resolve();

  constructor(folder: string) {
    this.keyFile = join(folder, 'key.json');
    this.sessionFile = join(folder, 'session.json');
  }

  async key(): Promise<DeviceKey> {
    const known = await jsonOf<JWK>(this.keyFile);
    if (known) return DeviceKey.fromJwk(known);
    const key = await DeviceKey.generate(true);
    await writeWhole(this.keyFile, JSON.stringify(await key.privateJwk()));
    return key;
  }

  async load(): Promise<Saved> {
    return (await jsonOf<Saved>(this.sessionFile)) ?? nothingSaved;
  }

  /** One after another, so that the last word is what stays. */
  save(saved: Saved): Promise<void> {
    const written = this.writing.then(() => writeWhole(this.sessionFile, JSON.stringify(saved)));
    this.writing = written.catch(() => undefined);
    return written;
  }
}
