import { Payment } from '../domain/payment.js';
import type { PaymentRow } from './payment.row.js';

/** Seconds between two requests to the device. */
export const askAgain = { untilShown: 2, later: 10 } as const;

export function rowOf({ id, version, sequence, state }: Payment) {
  const askAt = new Date(state.createdAt.getTime() + askAgain.untilShown * 1000);
  return { id, version: version + 1, sequence, ...state, timeline: [...state.timeline], askAt };
}

/** What a verb may change of a stored payment, by the names of the columns. */
export function changesOf({ id, version, sequence, state, isAsked }: Payment) {
  const { status, reason, tip, attempt, entryMode, undelivered, updatedAt, dueAt, transactionId, timeline } = state;
  const { suspectedDuplicate: suspected_duplicate } = state;
  const life = { status, reason, updated_at: updatedAt, due_at: dueAt, undelivered, timeline };
  const card = { tip, attempt, entry_mode: entryMode, transaction_id: transactionId, suspected_duplicate };
  return { id, version: version + 1, sequence, ...life, ...card, is_asked: isAsked };
}

export function paymentOf(row: PaymentRow): Payment {
  const { id, version, sequence, askAt: _askAt, ...state } = row;
  return Payment.restore(id, state, version, sequence);
}
