import { Payment } from '../domain/payment.js';
import type { PaymentRow } from './payment.row.js';

export function rowOf({ version, sequence, state }: Payment) {
  return { version: version + 1, sequence, ...state, timeline: [...state.timeline] };
}

export function paymentOf(row: PaymentRow): Payment {
  const { id, version, sequence, askAt: _askAt, ...state } = row;
  return Payment.restore(id, state, version, sequence);
}
