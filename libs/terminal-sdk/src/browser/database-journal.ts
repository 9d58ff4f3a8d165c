import type { Journal, JournalRecord } from '../payments/journal.js';
import { compactAfter, compacted, reliable } from '../payments/journal-history.js';
import type { TerminalDatabase } from './terminal-database.js';

/** A record with the checksum of its JSON. */
interface Line {
  readonly json: string;
  readonly sum: string;
}

/** A journal in the browser: `append` resolves when the record is flushed. A transaction is never torn. */
export class DatabaseJournal implements Journal {
  private written: Promise<void> = Promise.resolve();
  private closed = false;

  constructor(private readonly database: TerminalDatabase) {}

  /** A damaged journal stays as it is, so that every start says so. */
  async read(): Promise<{ records: readonly JournalRecord[]; lost: boolean }> {
    const found = await Promise.all((await this.database.all<Line>('journal')).map(recordOf));
    const lost = found.includes(null);
    const records = reliable(found);
    if (records.length > compactAfter && !lost)
      await this.database.replace('journal', await Promise.all(compacted(records).map(lineOf)));
    return { records, lost };
  }

  /** One after another. After a failure all later ones fail too. */
  append(record: JournalRecord): Promise<void> {
    this.written = this.written.then(() => this.write(record));
    return this.written;
  }

  close(): Promise<void> {
    this.closed = true;
    return Promise.resolve();
  }

  private async write(record: JournalRecord): Promise<void> {
    if (this.closed) throw new Error('the journal is closed');
    await this.database.add('journal', await lineOf(record));
  }
}

async function lineOf(record: JournalRecord): Promise<Line> {
  const json = JSON.stringify(record);
  return { json, sum: await checksum(json) };
}

async function recordOf({ json, sum }: Line): Promise<JournalRecord | null> {
  return (await checksum(json)) === sum ? (JSON.parse(json) as JournalRecord) : null;
}

async function checksum(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest, 0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
