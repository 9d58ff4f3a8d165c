import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { applyRecord, type HeldPayment, isUnsettled } from '../payments/held-payment.js';
import type { Journal, JournalRecord } from '../payments/journal.js';
import { isMissingFile } from './missing-file.js';

/** Settled payments that are kept at least. */
const kept = 1_000;
const compactAfter = 20_000;

/** A journal in a file: a JSON line a record, each with its checksum, flushed to the disk before `append` resolves. */
export class FileJournal implements Journal {
  private handle: FileHandle | undefined;

  constructor(private readonly path: string) {}

  async read(): Promise<{ records: readonly JournalRecord[]; lost: boolean }> {
    await mkdir(dirname(this.path), { recursive: true });
    const text = await readFile(this.path, 'utf8').catch((error: unknown) => {
      if (isMissingFile(error)) return '';
      throw error;
    });
    const lines = text.split('\n').filter(Boolean);
    const records = lines.flatMap((line) => recordOf(line) ?? []);
    // Only the last line can be torn by a power cut; damage before it means that the journal cannot be trusted.
    const damaged = lines.slice(0, -1).some((line) => recordOf(line) === null);
    if (records.length > compactAfter || (lines.length > 0 && recordOf(lines.at(-1) ?? '') === null)) {
      await this.rewrite(compacted(records));
    }
    this.handle = await open(this.path, 'a', 0o600);
    return { records, lost: damaged };
  }

  async append(record: JournalRecord): Promise<void> {
    if (!this.handle) throw new Error('read the journal before appending to it');
    await this.handle.appendFile(lineOf(record));
    await this.handle.datasync();
  }

  async close(): Promise<void> {
    await this.handle?.close();
    this.handle = undefined;
  }

  private async rewrite(records: readonly JournalRecord[]): Promise<void> {
    const next = `${this.path}.next`;
    await writeFile(next, records.map(lineOf).join(''), { mode: 0o600, flush: true });
    await rename(next, this.path);
  }
}

function lineOf(record: JournalRecord): string {
  const json = JSON.stringify(record);
  return `${checksum(json)} ${json}\n`;
}

function recordOf(line: string): JournalRecord | null {
  const [sum, json] = [line.slice(0, 16), line.slice(17)];
  return checksum(json) === sum ? (JSON.parse(json) as JournalRecord) : null;
}

const checksum = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

/** All of the newest payments and of those that are not settled. */
function compacted(records: readonly JournalRecord[]): JournalRecord[] {
  const held = new Map<string, HeldPayment>();
  for (const record of records) {
    const before = held.get(record.paymentId);
    held.delete(record.paymentId);
    held.set(record.paymentId, applyRecord(before, record));
  }
  const newest = new Set([...held.keys()].slice(-kept));
  return records.filter(({ paymentId }) => {
    const payment = held.get(paymentId);
    return newest.has(paymentId) || (payment !== undefined && isUnsettled(payment));
  });
}
