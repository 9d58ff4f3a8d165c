import { type FrameOf, limits } from '#terminal-protocol';
import { applyRecord, type HeldPayment, isOpen, isUnsettled } from './held-payment.js';
import type { JournalRecord, PaymentRequest, PaymentResult } from './journal.js';
import type { Input } from './payment-input.js';
import { sayBegin, sayResult, sayShown, sayStage } from './payment-says.js';
import { type Payments, type Step, Work } from './payment-work.js';

/** Takes one input at one moment of server time. The rules are those of docs `terminal.v1`; they were model-checked. */
export function step(payments: Payments, input: Input, now: number): Step {
  const work = new Work(payments, now);
  take(work, input);
  return work;
}

export const restore = (records: readonly JournalRecord[]): Payments => {
  const payments = new Map<string, HeldPayment>();
  for (const record of records) payments.set(record.paymentId, applyRecord(payments.get(record.paymentId), record));
  return payments;
};

/** The newest of them, and those that the platform must still hear about. */
export const withoutOldest = (payments: Payments, kept: number): Payments => {
  const newest = new Set([...payments.keys()].slice(-kept));
  return new Map([...payments].filter(([id, held]) => newest.has(id) || isOpen(held) || isUnsettled(held)));
};

/** The payment on the screen or in the hands of the acquirer, if any. */
export const openPayment = (payments: Payments): HeldPayment | undefined => [...payments.values()].find(isOpen);

export const unsettled = (payments: Payments): HeldPayment[] => [...payments.values()].filter(isUnsettled);

function take(work: Work, input: Input): void {
  switch (input.type) {
    case 'request':
      request(work, input.frame, input.clockIsFresh);
      break;
    case 'proceed':
      proceed(work, input.frame);
      break;
    case 'withdraw':
      withIf(work, input.paymentId, (held) => {
        stop(work, held);
      });
      break;
    case 'settled':
      withIf(work, input.paymentId, (held) => {
        settle(work, held);
      });
      break;
    case 'card':
      presentCard(work, input);
      break;
    case 'cancel':
      cancel(work, input);
      break;
    case 'answered':
      withIf(work, input.paymentId, (held) => {
        answered(work, held, input.result);
      });
      break;
    case 'tick':
      for (const held of work.payments.values()) passDeadlines(work, held);
      break;
    case 'link_lost':
      for (const held of work.payments.values()) stopWaiting(work, held);
      break;
    case 'connected':
      for (const held of unsettled(work.payments)) sayStage(work, held);
      break;
    case 'boot':
      for (const held of work.payments.values()) boot(work, held);
      break;
  }
}

function request(work: Work, frame: PaymentRequest, clockIsFresh: boolean): void {
  const { paymentId } = frame;
  const known = work.payments.get(paymentId);
  if (known) {
    answerAgain(work, known);
    return;
  }
  if (!clockIsFresh) return;
  if (work.now >= Date.parse(frame.showBefore)) {
    work.journal({ paymentId, stage: 'expired' });
    work.send({ type: 'payment.refused', paymentId, attempt: 0, reason: 'expired', heldPaymentId: null });
    return;
  }
  const other = openPayment(work.payments);
  if (other) {
    const heldPaymentId = other.paymentId;
    work.send({ type: 'payment.refused', paymentId, attempt: 0, reason: 'busy', heldPaymentId });
    return;
  }
  const held = work.journal({ paymentId, stage: 'received', request: frame });
  work.send({ type: 'payment.received', paymentId, at: work.time });
  show(work, held);
}

/** A payment that is known is never begun anew: the terminal says how far it is. */
function answerAgain(work: Work, held: HeldPayment): void {
  if (held.stage === 'received' && !held.onScreen) show(work, held);
  else sayStage(work, held);
}

function show(work: Work, held: HeldPayment): void {
  sayShown(work, work.note(held, { onScreen: true }));
}

/**
 * Journaled before `begin` names it, so that a power cut cannot make two attempts of one number. A card that was presented to
 * one payment, and is read when another is on the screen, begins nothing.
 */
function presentCard(work: Work, { paymentId, tip, entryMode, card }: Extract<Input, { type: 'card' }>): void {
  const open = work.payments.get(paymentId);
  const held = open && passDeadlines(work, open);
  if (!held || !isShowable(held) || !held.onScreen) return;
  const begun = work.journal({ paymentId, stage: 'begun', attempt: held.attempt + 1, tip, entryMode, card });
  sayBegin(work, work.note(begun, { waitingUntil: work.now + limits.proceedWithinMs }));
}

/** The go-ahead counts only for the attempt that waits for it, and only in time; one that comes too late ends the wait. */
function proceed(work: Work, frame: FrameOf<'payment.proceed'>): void {
  const { paymentId, attempt } = frame;
  const held = work.payments.get(paymentId);
  if (held?.stage !== 'begun') return;
  const inTime = work.now < Date.parse(frame.startBefore) && work.now < (held.waitingUntil ?? 0);
  if (held.attempt === attempt && inTime) {
    const { authorisationKey: key, amount } = frame;
    const started = work.journal({ paymentId, stage: 'started', key, amount });
    work.act({ do: 'authorise', payment: started });
  } else if (held.attempt === attempt && held.waitingUntil !== null) {
    stopWaiting(work, held);
  } else if (held.attempt >= attempt && held.waitingUntil === null) {
    work.send({ type: 'payment.not_started', paymentId, attempt });
  }
}

function answered(work: Work, held: HeldPayment, result: PaymentResult): void {
  if (held.stage !== 'started') return;
  sayResult(work, work.journal({ paymentId: held.paymentId, stage: 'result', result }));
}

/** Before the card step it ends the payment; from then on only the acquirer's answer counts. */
function stop(work: Work, held: HeldPayment): void {
  const { paymentId, stage } = held;
  if (stage === 'received' || stage === 'begun') work.journal({ paymentId, stage: 'stopped' });
  else if (stage === 'cancelled' || stage === 'expired') work.journal({ paymentId, stage: 'settled' });
}

/** What the acquirer is being asked is not over, whatever is said: its answer must not be lost. */
function settle(work: Work, { paymentId, stage }: HeldPayment): void {
  if (stage !== 'started') work.journal({ paymentId, stage: 'settled' });
}

function cancel(work: Work, { paymentId, by }: Extract<Input, { type: 'cancel' }>): void {
  const held = work.payments.get(paymentId);
  if (!held || !isShowable(held)) return;
  const { attempt } = held;
  work.journal({ paymentId, stage: 'cancelled', by });
  work.send({ type: 'payment.cancelled', paymentId, attempt, by });
}

/** The terminal's own clock ends the prompt, connected or not. */
function passDeadlines(work: Work, before: HeldPayment): HeldPayment {
  const held = (before.waitingUntil ?? Infinity) <= work.now ? stopWaiting(work, before) : before;
  return isShowable(held) && isTooLate(work, held) ? expire(work, held) : held;
}

/** Without its request, which a damaged journal may have lost, there is nothing to show. */
const isTooLate = (work: Work, { request }: HeldPayment): boolean =>
  request === null || work.now >= Date.parse(request.payBefore);

function expire(work: Work, { paymentId, attempt }: HeldPayment): HeldPayment {
  const expired = work.journal({ paymentId, stage: 'expired' });
  work.send({ type: 'payment.refused', paymentId, attempt, reason: 'expired', heldPaymentId: null });
  return expired;
}

/** The end of the wait comes first, the report after it: a go-ahead on its way finds nobody who obeys. */
function stopWaiting(work: Work, held: HeldPayment): HeldPayment {
  if (held.waitingUntil === null) return held;
  const stopped = work.note(held, { waitingUntil: null });
  work.send({ type: 'payment.not_started', paymentId: held.paymentId, attempt: held.attempt });
  return stopped;
}

/** After a power cut: what did not start is said so and shown again in time; what started is asked of the acquirer. */
function boot(work: Work, held: HeldPayment): void {
  if (held.stage === 'started') work.act({ do: 'resolve', payment: held });
  if (!isShowable(held)) return;
  if (isTooLate(work, held)) expire(work, held);
  else work.note(held, { onScreen: true });
}

/** Received, or begun without waiting for a go-ahead: the customer may act. */
const isShowable = ({ stage, waitingUntil }: HeldPayment): boolean =>
  (stage === 'received' || stage === 'begun') && waitingUntil === null;

function withIf(work: Work, paymentId: string, use: (held: HeldPayment) => void): void {
  const held = work.payments.get(paymentId);
  if (held && held.stage !== 'settled') use(held);
}
