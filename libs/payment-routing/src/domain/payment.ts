import { AggregateRoot, type Currency, type DoneBy } from '#kernel';
import type { DeviceMessage, EntryMode, Reply } from './device-message.js';
import { eventOfChange, type PaymentEvent } from './payment.events.js';
import { NotUnknownError, TooLateError } from './payment-routing.errors.js';
import { isFinal, type PaymentStatus } from './payment-status.js';
import { decide } from './transitions.js';

/** How long the platform waits after a deadline of the device, for what is already on its way. */
const graceMs = { show: 1_000, pay: 5_000 } as const;
/** From the go-ahead to the result; a device that is silent longer left the payment unknown. */
const processingMs = 90_000;
const byOperator = 'by_operator';

export interface TimelineEntry {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly status: PaymentStatus;
  readonly reason?: string;
}

/** What the terminal offers on top; null: no tip. */
export interface Tipping {
  readonly percentages: readonly number[];
}

/** The approved purchase that a refund gives back, in part or whole. `cardNumber`: first six and last four. */
export interface Original {
  readonly transactionId: number;
  readonly cardToken: string;
  readonly cardNumber: string;
}

/** Why a payment whose time to be shown is over was not shown, as far as the device has said. */
export type Undelivered = 'not_reached' | 'not_shown' | 'device_busy';

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
  readonly tipping: Tipping | null;
  /** Of a refund; null for a purchase. */
  readonly original: Original | null;
  readonly metadata: Readonly<Record<string, string>>;
  /** Null: older versions did not keep it. */
  readonly requestedBy: DoneBy | null;
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
  readonly undelivered: Undelivered;
  /** When the device first said that it has the request. */
  readonly receivedAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly showBefore: Date;
  readonly payBefore: Date;
  /** When the platform acts by itself; null once it has nothing to wait for. */
  readonly dueAt: Date | null;
  /** The device has not told its end of it, and is asked again and again. */
  readonly isAsked: boolean;
  readonly transactionId: number | null;
  /** The same device charged the same card with the same amount a moment before. */
  readonly suspectedDuplicate: boolean;
  /** Who took it back, if it was not the device. */
  readonly cancelledBy: DoneBy | null;
  readonly timeline: readonly TimelineEntry[];
}

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
    const nothing = {
      undelivered: 'not_reached',
      receivedAt: null,
      isAsked: true,
      transactionId: null,
      suspectedDuplicate: false,
      cancelledBy: null,
      timeline: [],
    } as const;
    const state: PaymentState = { ...start, ...times, ...nothing };
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

  /**
   * Takes what the device says; gives what to answer, and whether it contradicts a final status.
   * `deviceTaken`: the device is at another payment, so this one cannot come back to it.
   */
  hear(message: DeviceMessage, at: Date, deviceTaken = false): { readonly reply: Reply; readonly conflict: boolean } {
    this.noteDelivery(message, at);
    const decision = decide({ ...this.#state, deviceTaken }, message);
    const { attempt = this.#state.attempt } = decision;
    if (message.type === 'begin' && attempt > this.#state.attempt) this.takeCard(message.tip, message.entryMode);
    if (attempt !== this.#state.attempt) this.#state = { ...this.#state, attempt };
    if (decision.to !== undefined) this.move(decision.to, decision.reason ?? null, at);
    if (decision.reply === 'settled' && this.#state.isAsked) this.#state = { ...this.#state, isAsked: false };
    return { reply: decision.reply, conflict: decision.conflict ?? false };
  }

  /** Acts on a deadline that has passed; nothing happens before it. */
  passDeadline(at: Date): void {
    const { status, dueAt, undelivered } = this.#state;
    if (dueAt === null || at < dueAt) return;
    if (status === 'requested') this.move('not_delivered', undelivered, at);
    else if (status === 'shown') this.move('abandoned', null, at);
    else if (status === 'processing') this.move('unknown', 'device_silent', at);
  }

  /** By the point of sale: at once and for good, or not at all any more. Rejects with `too_late` once a card step may have begun. */
  cancel(cancelledBy: DoneBy, at: Date): void {
    const { status } = this.#state;
    if (status === 'requested' || status === 'shown') {
      this.#state = { ...this.#state, cancelledBy };
      this.move('cancelled', 'by_pos', at);
    } else if (status !== 'cancelled') throw new TooLateError(status);
  }

  /** By a human who found out what became of a payment; the device is still asked what it did. Rejects with `not_unknown`. */
  resolve(outcome: 'approved' | 'declined' | 'failed', at: Date): void {
    if (this.#state.status !== 'unknown') throw new NotUnknownError();
    this.move(outcome, byOperator, at);
  }

  linkTransaction({ id, suspectedDuplicate }: { readonly id: number; readonly suspectedDuplicate: boolean }): void {
    this.#state = { ...this.#state, transactionId: id, suspectedDuplicate };
  }

  /** The device reported something else than the final status, which stands. */
  noteConflict(reported: string, transactionId: number | null, at: Date): void {
    this.record({ type: 'PaymentConflictFound', at, reported, transactionId });
  }

  private noteDelivery({ type }: DeviceMessage, at: Date): void {
    if (type !== 'received' && type !== 'busy') return;
    const undelivered = type === 'busy' ? 'device_busy' : 'not_shown';
    if (this.#state.status !== 'requested' || this.#state.undelivered === undelivered) return;
    const receivedAt = this.#state.receivedAt ?? (type === 'received' ? at : null);
    this.#state = { ...this.#state, undelivered, receivedAt };
  }

  /** Where no tip was offered none is taken: the go-ahead names the amount that the point of sale asked for. */
  private takeCard(tip: number, entryMode: EntryMode): void {
    this.#state = { ...this.#state, tip: this.#state.tipping === null ? 0 : tip, entryMode };
  }

  private move(to: PaymentStatus, reason: string | null, at: Date): void {
    const { status, reason: before } = this.#state;
    if (status !== to || reason !== before) this.become(to, reason, at);
    // A second go-ahead of a payment in processing is no news, but its time starts again.
    else if (to === 'processing') this.#state = { ...this.#state, dueAt: this.dueAt(to, at) };
  }

  private become(status: PaymentStatus, reason: string | null, at: Date): void {
    const { status: before } = this.#state;
    const entry = { at: at.toISOString(), status, ...(reason === null ? {} : { reason }) };
    const timeline = [...this.#state.timeline, entry];
    const isAsked = this.#state.isAsked && (!isFinal(status) || reason === byOperator);
    this.#state = { ...this.#state, status, reason, isAsked, updatedAt: at, dueAt: this.dueAt(status, at), timeline };
    this.record({ type: eventOfChange(before, status), at });
  }

  private dueAt(status: PaymentStatus, at: Date): Date | null {
    const { showBefore, payBefore } = this.#state;
    if (status === 'requested') return new Date(showBefore.getTime() + graceMs.show);
    if (status === 'shown') return new Date(payBefore.getTime() + graceMs.pay);
    if (status === 'processing') return new Date(at.getTime() + processingMs);
    return null;
  }
}
