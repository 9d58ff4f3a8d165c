import { DeviceKey, type PublicJwk } from '../platform/device-key.js';
import { nothingSaved, type Saved, type TerminalStore } from '../terminal-store.js';
import type { TerminalDatabase } from './terminal-database.js';

interface KeptKey {
  readonly privateKey: CryptoKey;
  readonly publicJwk: PublicJwk;
}

/** Keeps a terminal's key and session in the browser. The key signs, but nobody can read it, this page neither. */
export class DatabaseStore implements TerminalStore {
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly database: TerminalDatabase) {}

  async key(): Promise<DeviceKey> {
    const kept = (await this.database.get<KeptKey>('kept', 'key')) ?? (await this.newKey());
    return DeviceKey.fromCryptoKey(kept.privateKey, kept.publicJwk);
  }

  async load(): Promise<Saved> {
    return (await this.database.get<Saved>('kept', 'session')) ?? nothingSaved;
  }

  /** One after another, so that the last word is what stays. */
  save(saved: Saved): Promise<void> {
    const written = this.writing.then(() => this.database.put('kept', 'session', saved));
    this.writing = written.catch(() => undefined);
    return written;
  }

  private async newKey(): Promise<KeptKey> {
    const { privateKey, publicJwk } = await DeviceKey.generate(false);
    return this.database.putFirst('kept', 'key', { privateKey, publicJwk });
  }
}
