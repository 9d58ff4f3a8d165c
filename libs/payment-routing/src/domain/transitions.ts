import type { DeviceMessage, PaymentResult, Reply } from './device-message.js';
import { isFinal, type FinalStatus, type OpenStatus, type PaymentStatus } from './payment-status.js';

/** What the decision depends on: the state, its attempt (0 at first), and what was proceeded. */
export interface Situation {
  readonly status: PaymentStatus;
  readonly attempt: number;
  /** Minor units, without and with the tip. */
  readonly amount: number;
  readonly tip: number;
  readonly currency: string;
}

/** What becomes of the payment. `to` left out: the status stays. */
export interface Decision {
  readonly to?: PaymentStatus;
  readonly reason?: string;
  readonly attempt?: number;
  readonly reply: Reply;
  /** A final payment was reported otherwise: the state stands, the report is kept beside it. */
  readonly conflict?: boolean;
}

const ignored: Decision = { reply: null };
const settledReply = { reply: 'settled' } as const;

/**
 * The table of messages by state of the device protocol, cell by cell. It was model-checked: with it no closed payment
 * is charged and every payment ends. Change it only with a model beside the change.
 */
export function decide(payment: Situation, message: DeviceMessage): Decision {
  const { status } = payment;
  return isFinal(status) ? whenFinal(status, message) : whenOpen(payment, status, message);
}

function whenFinal(status: FinalStatus, message: DeviceMessage): Decision {
  switch (message.type) {
    case 'received':
    case 'journal_lost':
    case 'unsupported':
      return ignored;
    case 'shown':
    case 'not_started':
      return { reply: 'withdraw' };
    case 'begin':
      return { reply: 'stop' };
    case 'cancelled':
    case 'expired':
      return settledReply;
    case 'result':
      return { ...settledReply, conflict: message.result.outcome !== status };
  }
}

function whenOpen(payment: Situation, status: OpenStatus, message: DeviceMessage): Decision {
  const { attempt } = payment;
  const waiting = status === 'requested' || status === 'shown';
  switch (message.type) {
    case 'received':
      return ignored;
    case 'shown':
      return status === 'requested' ? { to: 'shown', reply: null } : ignored;
    case 'begin':
      return begin(payment, message.attempt, waiting);
    case 'not_started':
      return notStarted(payment, message.attempt, status);
    case 'cancelled':
      if (!waiting && message.attempt < attempt) return ignored;
      return { to: 'cancelled', reason: `by_${message.by}`, ...settledReply };
    case 'expired':
      if (!waiting && message.attempt < attempt) return ignored;
      return status === 'requested'
        ? { to: 'not_delivered', reason: 'not_shown', ...settledReply }
        : { to: 'abandoned', ...settledReply };
    case 'unsupported':
      return status === 'requested' ? { to: 'not_delivered', reason: 'refused', ...settledReply } : ignored;
    case 'journal_lost':
      return status === 'processing' ? { to: 'unknown', reason: 'journal_lost', reply: null } : ignored;
    case 'result':
      return result(payment, message.result);
  }
}

/** The go-ahead: given for an attempt that is not behind the one known, and again for the very same one. */
function begin(payment: Situation, attempt: number, waiting: boolean): Decision {
  const ahead = attempt - payment.attempt;
  if (ahead < 0 || (waiting && ahead === 0)) return ignored;
  return { to: 'processing', attempt, reply: 'proceed' };
}

/** This attempt and all before it did not start. From unknown nobody waits any more, so that is the end. */
function notStarted(payment: Situation, attempt: number, status: OpenStatus): Decision {
  const newest = Math.max(payment.attempt, attempt);
  switch (status) {
    case 'requested':
      return attempt >= 1 ? { to: 'shown', attempt: newest, reply: null } : ignored;
    case 'shown':
      return { attempt: newest, reply: null };
    case 'processing':
      return attempt >= payment.attempt ? { to: 'shown', attempt, reply: null } : ignored;
    case 'unknown':
      return attempt >= payment.attempt ? { to: 'abandoned', attempt, reply: 'withdraw' } : ignored;
  }
}

function result(payment: Situation, reported: PaymentResult): Decision {
  if (isMismatch(payment, reported)) return { to: 'unknown', reason: 'result_mismatch', reply: null };
  const why = reported.declineReason === null ? {} : { reason: reported.declineReason };
  return { to: reported.outcome, ...why, ...settledReply };
}

/** The device charges the number that it was sent; another one needs a human. A fault charged nothing. */
function isMismatch(payment: Situation, reported: PaymentResult): boolean {
  if (reported.outcome === 'failed') return false;
  return reported.amount !== payment.amount + payment.tip || reported.currency !== payment.currency;
}
