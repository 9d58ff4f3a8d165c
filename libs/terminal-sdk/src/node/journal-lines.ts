import { createHash } from 'node:crypto';
import { applyRecord, type HeldPayment, isUnsettled } from '../payments/held-payment.js';
import type { JournalRecord } from '../payments/journal.js';

/** Payments that are kept at least, beside those that are not settled. */
const kept = 1_000;

export interface JournalLines {
  /** All lines but a torn last one, as they are. */
  readonly whole: readonly string[];
  /** What can be relied on. */
  readonly records: readonly JournalRecord[];
  /** The power went while the last line was written, or its line end: nothing depended on it yet. */
  readonly isTorn: boolean;
  /** Damage before the last line, which no power cut does. */
  readonly isDamaged: boolean;
}

/** A record as a line: its checksum and its JSON. */
export function lineOf(record: JournalRecord): string {
  const json = JSON.stringify(record);
  return `${checksum(json)} ${json}`;
}

export function readLines(text: string): JournalLines {
  const lines = text.split('\n').filter(Boolean);
  const whole = recordOf(lines.at(-1) ?? '') === null ? lines.slice(0, -1) : lines;
  const found = whole.map(recordOf);
  const isTorn = whole.length < lines.length || (text !== '' && !text.endsWith('\n'));
  return { whole, records: reliable(found), isTorn, isDamaged: found.includes(null) };
}

/** All records of the newest payments and of those that are not settled. */
export function compacted(records: readonly JournalRecord[]): JournalRecord[] {
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

/** A payment that was open when records were lost may have been charged since: nothing is said of it any more. */
function reliable(found: readonly (JournalRecord | null)[]): JournalRecord[] {
  const damage = found.lastIndexOf(null);
  const doubtful = new Set<string>();
  for (const [index, record] of found.entries()) {
    if (!record) continue;
    const isOpen = record.stage === 'received' || record.stage === 'begun';
    if (isOpen && index < damage) doubtful.add(record.paymentId);
    else doubtful.delete(record.paymentId);
  }
  return found.filter((record) => record !== null).filter(({ paymentId }) => !doubtful.has(paymentId));
}

function recordOf(line: string): JournalRecord | null {
  const [sum, json] = [line.slice(0, 16), line.slice(17)];
  return checksum(json) === sum ? (JSON.parse(json) as JournalRecord) : null;
}

const checksum = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);
