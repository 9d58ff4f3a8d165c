import type { DeviceMessage, PaymentResult, Reply } from './device-message.js';
import { isFinal, type FinalStatus, type OpenStatus, type PaymentStatus } from './payment-status.js';

/** What the decision depends on: the state, its attempt (0 at first), and what was proceeded. */
export interface Situation {
  readonly status: PaymentStatus;
  readonly reason: string | null;
  readonly attempt: number;
  /** Minor units, without and with the tip. */
  readonly amount: number;
  readonly tip: number;
  readonly currency: string;
  /** Another payment is requested, shown or processing on the device; only an unknown one can find it so. */
  readonly deviceTaken: boolean;
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

const mismatch = 'result_mismatch';
const ignored: Decision = { reply: null };
const settledReply = { reply: 'settled' } as const;

/**
 * The table of messages by state of the device protocol, cell by cell. It was model-checked: with it no closed payment
 * is charged and every payment ends. Change it only with a model beside the change.
 */
export function decide(payment: Situation, message: DeviceMessage): Decision {
  const { status } = payment;
  if (isFinal(status)) return whenFinal(payment, status, message);
  if (needsHuman(payment) && message.type !== 'result') return ignored;
  return whenOpen(payment, status, message);
}

/** The device charged something else than it was told: what comes late from before that must not hide it. */
const needsHuman = ({ status, reason }: Pick<Situation, 'status' | 'reason'>): boolean =>
  status === 'unknown' && reason === mismatch;

function whenFinal(payment: Situation, status: FinalStatus, message: DeviceMessage): Decision {
  switch (message.type) {
    case 'busy':
    case 'journal_lost':
      return ignored;
    case 'received':
    case 'shown':
    case 'not_started':
      return { reply: 'withdraw' };
    case 'begin':
      return { reply: 'stop' };
    case 'cancelled':
    case 'expired':
    case 'unsupported':
      return settledReply;
    case 'result':
      return { ...settledReply, conflict: message.result.outcome !== status || isMismatch(payment, message.result) };
  }
}

function whenOpen(payment: Situation, status: OpenStatus, message: DeviceMessage): Decision {
  const waiting = status === 'requested' || status === 'shown';
  switch (message.type) {
    case 'received':
    case 'busy':
      return ignored;
    case 'shown':
      return status === 'requested' ? { to: 'shown', reply: null } : ignored;
    case 'begin':
      return begin(payment, message.attempt, waiting);
    case 'not_started':
      return notStarted(payment, message.attempt, status);
    case 'cancelled':
      if (!waiting && message.attempt < payment.attempt) return ignored;
      return { to: 'cancelled', reason: `by_${message.by}`, ...settledReply };
    case 'expired':
      if (!waiting && message.attempt < payment.attempt) return ignored;
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

/**
 * The go-ahead: given for an attempt that is not behind the one known, and again for the very same one. A device that is
 * taken by another payment meanwhile gets none: as if the message had been lost, it gives up after its wait and says so.
 */
function begin(payment: Situation, attempt: number, waiting: boolean): Decision {
  const ahead = attempt - payment.attempt;
  if (attempt < 1 || ahead < 0 || (waiting && ahead === 0) || payment.deviceTaken) return ignored;
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

/** A result that needs a human is stored like any other, so the device has said all it can: it is settled too. */
function result(payment: Situation, reported: PaymentResult): Decision {
  if (isMismatch(payment, reported)) return { to: 'unknown', reason: mismatch, ...settledReply };
  const { outcome, declineReason } = reported;
  const why = outcome === 'approved' || declineReason === null ? {} : { reason: declineReason };
  return { to: outcome, ...why, ...settledReply };
}

/** The device charges the number that it was sent; another one needs a human. A fault charged nothing. */
function isMismatch(payment: Situation, reported: PaymentResult): boolean {
  if (reported.outcome === 'failed') return false;
  return reported.amount !== payment.amount + payment.tip || reported.currency !== payment.currency;
}
