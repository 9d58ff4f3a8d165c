import { createHash } from 'node:crypto';
import type { JournalRecord } from '../payments/journal.js';
import { reliable } from '../payments/journal-history.js';

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

function recordOf(line: string): JournalRecord | null {
  const [sum, json] = [line.slice(0, 16), line.slice(17)];
  return checksum(json) === sum ? (JSON.parse(json) as JournalRecord) : null;
}

const checksum = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);
