import type { HeldPayment } from './held-payment.js';
import type { Work } from './payment-work.js';

/** Tells the platform how far a payment is; this never changes the journal. */
export function sayStage(work: Work, held: HeldPayment): void {
  const { paymentId, attempt, stage } = held;
  switch (stage) {
    case 'received':
      if (held.onScreen) sayShown(work, held);
      break;
    case 'begun':
      if (held.waitingUntil === null) work.send({ type: 'payment.not_started', paymentId, attempt });
      else sayBegin(work, held);
      break;
    case 'cancelled':
      work.send({ type: 'payment.cancelled', paymentId, attempt, by: held.by ?? 'customer' });
      break;
    case 'expired':
    case 'stopped':
      work.send({ type: 'payment.refused', paymentId, attempt, reason: 'expired', heldPaymentId: null });
      break;
    case 'result':
    case 'settled':
      sayResult(work, held);
      break;
    case 'started':
      // The acquirer is being asked. Anything said now could be taken for "not started".
      break;
  }
}

export function sayShown(work: Work, { paymentId }: HeldPayment): void {
  work.send({ type: 'payment.shown', paymentId, at: work.time });
}

export function sayBegin(work: Work, { paymentId, attempt, tip, entryMode }: HeldPayment): void {
  if (entryMode) work.send({ type: 'payment.begin', paymentId, attempt, tip, entryMode });
}

export function sayResult(work: Work, { paymentId, attempt, result }: HeldPayment): void {
  if (result) work.send({ type: 'payment.result', paymentId, attempt, ...result });
}
