import { Payment } from '../domain/payment.js';
import type { PaymentRow } from './payment.row.js';

/** Seconds between two requests to the device. */
export const askAgain = { untilShown: 2, later: 10 } as const;

export function rowOf({ id, version, sequence, state }: Payment) {
  const { isAsked, ...stored } = state;
  const askAt = isAsked ? new Date(state.createdAt.getTime() + askAgain.untilShown * 1000) : null;
  return { id, version: version + 1, sequence, ...stored, timeline: [...state.timeline], askAt };
}

/** What a verb may change of a stored payment, by the names of the columns. */
export function changesOf({ id, version, sequence, state }: Payment) {
  const { status, reason, tip, attempt, entryMode, undelivered, updatedAt, dueAt, transactionId, timeline } = state;
  const { suspectedDuplicate: suspected_duplicate, isAsked: is_asked } = state;
  const { receivedAt: received_at, cancelledBy: cancelled_by } = state;
  const life = { status, reason, updated_at: updatedAt, due_at: dueAt, undelivered, timeline, received_at };
  const card = { tip, attempt, entry_mode: entryMode, transaction_id: transactionId, suspected_duplicate };
  return { id, version: version + 1, sequence, ...life, ...card, cancelled_by, is_asked };
}

export function paymentOf(row: PaymentRow): Payment {
  const { id, version, sequence, askAt, ...state } = row;
  return Payment.restore(id, { ...state, isAsked: askAt !== null }, version, sequence);
}
