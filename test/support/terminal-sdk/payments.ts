import {
  type Action,
  type CardData,
  type Input,
  type JournalRecord,
  openPayment,
  type PaymentRequest,
  type PaymentResult,
  type Payments,
  restore,
  step,
  testCards,
} from '#terminal-sdk';
import type { FrameOf } from '#terminal-protocol';

/** Milliseconds since 1970 by the server, at which these tests begin. */
export const noon = Date.parse('2030-01-01T12:00:00.000Z');
export const showWithinMs = 15_000;
export const payWithinMs = 120_000;

export const idOf = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
export const first = idOf(1);
export const second = idOf(2);
export const at = (ms: number): string => new Date(ms).toISOString();

export const aRequest = (more: Partial<PaymentRequest> = {}): PaymentRequest => ({
  type: 'payment.request',
  id: idOf(100),
  paymentId: first,
  kind: 'purchase',
  amount: 1_000,
  currency: 'CAD',
  description: null,
  tipping: null,
  showBefore: at(noon + showWithinMs),
  payBefore: at(noon + payWithinMs),
  original: null,
  ...more,
});

export const aProceed = (more: Partial<FrameOf<'payment.proceed'>> = {}): FrameOf<'payment.proceed'> => ({
  type: 'payment.proceed',
  id: idOf(101),
  paymentId: first,
  attempt: 1,
  amount: 1_200,
  authorisationKey: 'key-of-the-first',
  startBefore: at(noon + payWithinMs),
  ...more,
});

export const aResult = (more: Partial<PaymentResult> = {}): PaymentResult => ({
  outcome: 'approved',
  amount: 1_200,
  tip: 200,
  currency: 'CAD',
  entryMode: 'tap',
  card: testCards.visa,
  approvalCode: 'ABC123',
  declineReason: null,
  ...more,
});

/** The rules with a clock that stands still and a journal in memory; what is done is told in the words of the protocol's table. */
export class RuledPayments {
  payments: Payments = new Map();
  now = noon;
  readonly journal: JournalRecord[] = [];

  take(input: Input): string[] {
    const { payments, actions } = step(this.payments, input, this.now);
    this.payments = payments;
    for (const action of actions) if (action.do === 'journal') this.journal.push(action.record);
    return actions.map(told);
  }

  request(more: Partial<PaymentRequest> = {}, clockIsFresh = true): string[] {
    return this.take({ type: 'request', frame: aRequest(more), clockIsFresh });
  }

  /** On the payment that is open. */
  card(card: CardData = testCards.visa, tip = 200, paymentId = this.open): string[] {
    return this.take({ type: 'card', paymentId, tip, entryMode: 'tap', card });
  }

  cancel(by: 'customer' | 'staff', paymentId = this.open): string[] {
    return this.take({ type: 'cancel', paymentId, by });
  }

  private get open(): string {
    return openPayment(this.payments)?.paymentId ?? first;
  }

  proceed(more: Partial<FrameOf<'payment.proceed'>> = {}): string[] {
    return this.take({ type: 'proceed', frame: aProceed(more) });
  }

  withdraw(paymentId = first): string[] {
    return this.take({ type: 'withdraw', paymentId });
  }

  settled(paymentId = first): string[] {
    return this.take({ type: 'settled', paymentId });
  }

  answered(more: Partial<PaymentResult> = {}, paymentId = first): string[] {
    return this.take({ type: 'answered', paymentId, result: aResult(more) });
  }

  tickAt(now: number): string[] {
    this.now = now;
    return this.take({ type: 'tick' });
  }

  /** The power goes, and comes back at `now`. */
  restart(now = this.now): string[] {
    this.payments = restore(this.journal);
    this.now = now;
    return this.take({ type: 'boot' });
  }

  connect(): string[] {
    return this.take({ type: 'connected' });
  }
}

function told(action: Action): string {
  switch (action.do) {
    case 'journal': {
      const { record } = action;
      return `J(${record.stage.toUpperCase()}${record.stage === 'begun' ? ` ${record.attempt}` : ''})`;
    }
    case 'send':
      return toldFrame(action.frame);
    case 'authorise':
      return `authorise ${action.payment.key ?? '?'} for ${action.payment.chargedAmount}`;
    case 'resolve':
      return `resolve ${action.payment.key ?? '?'}`;
  }
}

function toldFrame(frame: Extract<Action, { do: 'send' }>['frame']): string {
  const name = frame.type.replace('payment.', '');
  const attempt = 'attempt' in frame ? `(${frame.attempt})` : '';
  if (frame.type === 'payment.refused')
    return `refused ${frame.reason}${attempt}${frame.heldPaymentId === null ? '' : `, holds ${frame.heldPaymentId}`}`;
  if (frame.type === 'payment.cancelled') return `cancelled${attempt} by ${frame.by}`;
  if (frame.type === 'payment.result') return `result${attempt} ${frame.outcome}`;
  return name + attempt;
}
