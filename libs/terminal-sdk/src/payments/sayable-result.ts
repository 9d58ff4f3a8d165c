import { card as cardForm, resultTexts } from '#terminal-protocol';
import type { PaymentResult } from './journal.js';

/** The acquirer's texts in the lengths that the protocol takes: a result that the platform cannot read would never be settled. */
export function sayable(result: PaymentResult): PaymentResult {
  const { approvalCode, declineReason, card } = result;
  const named = card && { ...card, holder: card.holder.slice(0, resultTexts.holder) };
  return {
    ...result,
    approvalCode: approvalCode?.slice(0, resultTexts.approvalCode) ?? null,
    declineReason: declineReason?.slice(0, resultTexts.declineReason) ?? null,
    // A card without a proper number or token is none that a refund could go by.
    card: cardForm.safeParse(named).success ? named : null,
  };
}
