import { applyRecord, type HeldPayment, isUnsettled } from './held-payment.js';
import type { JournalRecord } from './journal.js';

/** Payments that are kept at least, beside those that are not settled. */
const kept = 1_000;
/** A journal of more records is made smaller when it is read. */
export const compactAfter = 20_000;

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

/**
 * What can be relied on of a journal; null: a record that cannot be read.
 * A payment that was open when records were lost may have been charged since: nothing is said of it any more.
 */
export function reliable(found: readonly (JournalRecord | null)[]): JournalRecord[] {
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
