import { AggregateRoot, type Currency } from '#kernel';
import type { DeviceMessage, EntryMode, Reply } from './device-message.js';
import { isFinal, type PaymentStatus } from './payment-status.js';
import { decide } from './transitions.js';

/** How long the platform waits after a deadline of the device, for what is already on its way. */
const graceMs = { show: 1_000, pay: 5_000 } as const;
/** From the go-ahead to the result; a device that is silent longer left the payment unknown. */
const processingMs = 90_000;

export interface TimelineEntry {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly status: PaymentStatus | 'received';
  readonly reason?: string;
}

export interface PaymentTerms {
  readonly accountId: string;
  readonly timeZone: string;
  readonly kind: 'purchase' | 'refund';
  readonly deviceId: string;
  readonly deviceCode: string;
  /** Minor units, without the tip. */
  readonly amount: number;
  readonly currency: Currency;
  readonly invoiceNumber: string;
  readonly customerCode: string;
  readonly description: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly deliverWithinMs: number;
  readonly payWithinMs: number;
}

export interface PaymentState extends Omit<PaymentTerms, 'deliverWithinMs' | 'payWithinMs'> {
  readonly status: PaymentStatus;
  readonly reason: string | null;
  readonly tip: number;
  /** The newest card attempt that the platform knows; 0: none. */
  readonly attempt: number;
  readonly entryMode: EntryMode | null;
  readonly received: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly showBefore: Date;
  readonly payBefore: Date;
  /** When the platform acts by itself; null once it has nothing to wait for. */
  readonly dueAt: Date | null;
  readonly transactionId: number | null;
  readonly timeline: readonly TimelineEntry[];
}

export type PaymentEventType =
  | 'PaymentRequested'
  | 'PaymentShown'
  | 'PaymentProceeded'
  | 'PaymentResumed'
  | 'PaymentApproved'
  | 'PaymentDeclined'
  | 'PaymentCancelled'
  | 'PaymentNotDelivered'
  | 'PaymentAbandoned'
  | 'PaymentFailed'
  | 'PaymentUnknown';

export type PaymentEvent = { readonly at: Date } & (
  | { readonly type: PaymentEventType }
  | { readonly type: 'PaymentConflictFound'; readonly reported: string; readonly transactionId: number | null }
);

const eventOfStatus: Readonly<Record<PaymentStatus, PaymentEventType>> = {
  requested: 'PaymentRequested',
  shown: 'PaymentShown',
  processing: 'PaymentProceeded',
  approved: 'PaymentApproved',
  declined: 'PaymentDeclined',
  cancelled: 'PaymentCancelled',
  not_delivered: 'PaymentNotDelivered',
  abandoned: 'PaymentAbandoned',
  failed: 'PaymentFailed',
  unknown: 'PaymentUnknown',
};

/** One request of the point of sale to one device. A final status is written once. */
export class Payment extends AggregateRoot<PaymentEvent> {
  #state: PaymentState;

  private constructor(id: string, state: PaymentState, version: number, sequence: number) {
    super(id, version, sequence);
    this.#state = state;
  }

  static request(id: string, terms: PaymentTerms, at: Date): Payment {
    const { deliverWithinMs, payWithinMs, ...asked } = terms;
    const showBefore = new Date(at.getTime() + deliverWithinMs);
    const payBefore = new Date(showBefore.getTime() + payWithinMs);
    const start = { ...asked, status: 'requested', reason: null, tip: 0, attempt: 0, entryMode: null } as const;
    const times = { createdAt: at, updatedAt: at, showBefore, payBefore, dueAt: null };
    const state: PaymentState = { ...start, ...times, received: false, transactionId: null, timeline: [] };
    const payment = new Payment(id, state, 0, 0);
    payment.become('requested', null, at);
    return payment;
  }

  static restore(id: string, state: PaymentState, version: number, sequence: number): Payment {
    return new Payment(id, state, version, sequence);
  }

  get state(): PaymentState {
    return this.#state;
  }

  get isFinal(): boolean {
    return isFinal(this.#state.status);
  }

  /** What the acquirer knows the payment by: the same at every repeat. */
  get authorisationKey(): string {
    return `tg-${this.id.replaceAll('-', '')}`;
  }

  /** What the device must charge, tip included. */
  get chargedAmount(): number {
    return this.#state.amount + this.#state.tip;
  }

  /** Takes what the device says; gives what to answer, and whether it contradicts a final status. */
  hear(message: DeviceMessage, at: Date): { readonly reply: Reply; readonly conflict: boolean } {
    if (message.type === 'received') this.noteReceived(at);
    const decision = decide(this.#state, message);
    const { attempt = this.#state.attempt } = decision;
    if (attempt !== this.#state.attempt) this.#state = { ...this.#state, attempt };
    if (message.type === 'begin' && decision.reply === 'proceed') this.takeCard(message.tip, message.entryMode);
    if (decision.to !== undefined) this.move(decision.to, decision.reason ?? null, at);
    return { reply: decision.reply, conflict: decision.conflict ?? false };
  }

  /** Acts on a deadline that has passed; nothing happens before it. */
  passDeadline(at: Date): void {
    const { status, dueAt, received } = this.#state;
    if (dueAt === null || at < dueAt) return;
    if (status === 'requested') this.move('not_delivered', received ? 'not_shown' : 'not_reached', at);
    else if (status === 'shown') this.move('abandoned', null, at);
    else if (status === 'processing') this.move('unknown', 'device_silent', at);
  }

  linkTransaction(transactionId: number): void {
    this.#state = { ...this.#state, transactionId };
  }

  /** The device reported something else than the final status, which stands. */
  noteConflict(reported: string, transactionId: number | null, at: Date): void {
    this.record({ type: 'PaymentConflictFound', at, reported, transactionId });
  }

  private noteReceived(at: Date): void {
    if (this.#state.received || this.isFinal) return;
    const timeline = [...this.#state.timeline, { at: at.toISOString(), status: 'received' as const }];
    this.#state = { ...this.#state, received: true, timeline };
  }

  private takeCard(tip: number, entryMode: EntryMode): void {
    this.#state = { ...this.#state, tip, entryMode };
  }

  private move(to: PaymentStatus, reason: string | null, at: Date): void {
    const from = this.#state.status;
    // A second go-ahead of a payment in processing is no news, but its time starts again.
    if (from === to) this.#state = { ...this.#state, dueAt: this.dueAt(to, at) };
    else this.become(to, reason, at);
  }

  private become(status: PaymentStatus, reason: string | null, at: Date): void {
    const { status: before } = this.#state;
    const entry = { at: at.toISOString(), status, ...(reason === null ? {} : { reason }) };
    const timeline = [...this.#state.timeline, entry];
    this.#state = { ...this.#state, status, reason, updatedAt: at, dueAt: this.dueAt(status, at), timeline };
    const resumed =
      (before === 'processing' && status === 'shown') || (before === 'unknown' && status === 'processing');
    this.record({ type: resumed ? 'PaymentResumed' : eventOfStatus[status], at });
  }

  private dueAt(status: PaymentStatus, at: Date): Date | null {
    const { showBefore, payBefore } = this.#state;
    if (status === 'requested') return new Date(showBefore.getTime() + graceMs.show);
    if (status === 'shown') return new Date(payBefore.getTime() + graceMs.pay);
    if (status === 'processing') return new Date(at.getTime() + processingMs);
    return null;
  }
}
