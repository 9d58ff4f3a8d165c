import type { Tx } from '#database';
import type { PaymentResult } from '../domain/device-message.js';
import type { Payment } from '../domain/payment.js';
import type { CardTransactionRepository } from '../infrastructure/card-transaction.repository.js';

/** What the device did against the final status of a payment: its card transaction stands beside that, and people are told. */
export async function keepContradiction(
  tx: Tx,
  transactions: CardTransactionRepository,
  payment: Payment,
  result: PaymentResult,
  at: Date,
): Promise<void> {
  const stored = result.outcome === 'failed' ? null : await transactions.insert(tx, payment, result, at);
  payment.noteConflict(result.outcome, stored?.id ?? null, at);
}
