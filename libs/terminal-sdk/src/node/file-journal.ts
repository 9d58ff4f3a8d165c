import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Journal, JournalRecord } from '../payments/journal.js';
import { compactAfter, compacted } from '../payments/journal-history.js';
import { lineOf, readLines } from './journal-lines.js';
import { textOf, writeWhole } from './whole-file.js';

/** A journal in a file: a line for each record, flushed to the disk before `append` resolves. */
export class FileJournal implements Journal {
  private handle: FileHandle | undefined;
  private written: Promise<void> = Promise.resolve();

  constructor(private readonly path: string) {}

  /** A damaged journal stays as it is, so that every start says so. */
  async read(): Promise<{ records: readonly JournalRecord[]; lost: boolean }> {
    const { whole, records, isTorn, isDamaged } = readLines((await textOf(this.path)) ?? '');
    if (records.length > compactAfter && !isDamaged) await this.rewrite(compacted(records).map(lineOf));
    else if (isTorn) await this.rewrite(whole);
    await mkdir(dirname(this.path), { recursive: true });
    this.handle = await open(this.path, 'a', 0o600);
    this.written = Promise.resolve();
    return { records, lost: isDamaged };
  }

  /** One after another. After a failure nobody knows what the file ends with: all later ones fail too. */
  append(record: JournalRecord): Promise<void> {
    this.written = this.written.then(() => this.write(record));
    return this.written;
  }

  async close(): Promise<void> {
    const { handle } = this;
    this.handle = undefined;
    await handle?.close();
  }

  private async write(record: JournalRecord): Promise<void> {
    if (!this.handle) throw new Error('read the journal before appending to it');
    await this.handle.appendFile(`${lineOf(record)}\n`);
    await this.handle.datasync();
  }

  private rewrite(lines: readonly string[]): Promise<void> {
    return writeWhole(this.path, lines.map((line) => `${line}\n`).join(''));
  }
}
