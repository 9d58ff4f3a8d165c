import type { Acquirer } from '../acquirer/acquirer.js';
import { Timers } from '../timers.js';
import type { Journal, JournalRecord, PaymentResult } from './journal.js';
import type { Input } from './payment-input.js';
import { type HeldPayment, isOpen } from './held-payment.js';
import { openPayment, restore, step, unsettled, withoutOldest } from './payment-rules.js';
import { sayable } from './sayable-result.js';
import type { Action, Outgoing, Payments } from './payment-work.js';

const askAcquirerAgainMs = 2_000;
/** An acquirer that is silent so long is asked again by `resolve`, as one that said it failed. */
const acquirerWithinMs = 60_000;
/** Payments that are known in a run: beyond twice as many, those that are settled longest are forgotten, as when the journal is read. */
const kept = 1_000;

export interface DeskNeeds {
  readonly journal: Journal;
  readonly acquirer: Acquirer;
  /** Milliseconds of server time. */
  readonly now: () => number;
  readonly send: (frame: Outgoing) => void;
  readonly changed: () => void;
  /** A payment that was open has got this record, which is written down. */
  readonly recorded: (record: JournalRecord) => void;
  /** The journal could not be written. Nothing more is done: only what is written down may be said or charged. */
  readonly failed: () => void;
}

/** Runs the rules: one input after another, each record flushed before what depends on it happens. */
export class PaymentDesk {
  private payments: Payments = new Map();
  private queue: Promise<void> = Promise.resolve();
  private readonly timers = new Timers();
  private closed = false;
  journalLost = false;

  constructor(private readonly needs: DeskNeeds) {}

  async boot(): Promise<void> {
    const { records, lost } = await this.needs.journal.read();
    this.journalLost = lost;
    this.payments = restore(records);
    await this.take({ type: 'boot' });
  }

  /** Nothing more is done, as if the power had gone. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.timers.clear();
    // All that counts is flushed; a file that cannot be closed changes nothing of it.
    void this.queue.then(() => this.needs.journal.close()).catch(() => undefined);
  }

  get isClosed(): boolean {
    return this.closed;
  }

  get open(): HeldPayment | undefined {
    return openPayment(this.payments);
  }

  /** Newest first: all that the journal holds. */
  get held(): readonly HeldPayment[] {
    return [...this.payments.values()].reverse();
  }

  get unsettled(): readonly HeldPayment[] {
    return unsettled(this.payments);
  }

  /** Rejects with what `changed` throws. That is no reason to take no further input. */
  take(input: Input): Promise<void> {
    const taken = this.queue.then(() => this.run(input));
    this.queue = taken.catch(() => undefined);
    return taken;
  }

  /** What is known of the payments is what is written down: it changes when every record is flushed. */
  private async run(input: Input): Promise<void> {
    if (this.closed) return;
    const { payments, actions } = step(this.payments, input, this.needs.now());
    if (input.type === 'tick' && actions.length === 0) return;
    try {
      for (const action of actions) await this.perform(action);
    } catch {
      this.close();
      this.needs.failed();
    }
    if (this.isClosed) return;
    const before = this.payments;
    this.payments = payments.size > 2 * kept ? withoutOldest(payments, kept) : payments;
    for (const action of actions)
      if (action.do === 'journal' && wasOpen(before, action.record)) this.needs.recorded(action.record);
    this.needs.changed();
  }

  private async perform(action: Action): Promise<void> {
    if (this.closed) return;
    switch (action.do) {
      case 'journal':
        await this.needs.journal.append(action.record);
        break;
      case 'send':
        this.needs.send(action.frame);
        break;
      case 'authorise':
        void this.answer(action.payment, this.authorise(action.payment));
        break;
      case 'resolve':
        void this.answer(action.payment, this.resolve(action.payment));
        break;
    }
  }

  /** No answer of the acquirer is no answer: it is asked again by `resolve`, under the same key, until it says. */
  private async answer(payment: HeldPayment, asked: Promise<PaymentResult>): Promise<void> {
    const result = await this.inTime(asked);
    if (this.closed) return;
    if (result) await this.take({ type: 'answered', paymentId: payment.paymentId, result: sayable(result) });
    else this.timers.after(askAcquirerAgainMs, () => void this.answer(payment, this.resolve(payment)));
  }

  /** Null: no answer. */
  private async inTime(asked: Promise<PaymentResult>): Promise<PaymentResult | null> {
    let forget: (() => void) | undefined;
    const silence = new Promise<null>((resolve) => {
      forget = this.timers.after(acquirerWithinMs, () => {
        resolve(null);
      });
    });
    try {
      return await Promise.race([asked, silence]);
    } catch {
      return null;
    } finally {
      forget?.();
    }
  }

  private async authorise(payment: HeldPayment): Promise<PaymentResult> {
    const { key, request, card, entryMode, tip, chargedAmount: amount } = payment;
    if (key === null || request === null || card === null || entryMode === null) return this.resolve(payment);
    const { kind, currency } = request;
    const originalCardToken = request.original?.cardToken ?? null;
    return this.needs.acquirer.authorise(key, { kind, amount, tip, currency, card, entryMode, originalCardToken });
  }

  private async resolve({ key, request, card, entryMode, tip, chargedAmount: amount }: HeldPayment) {
    const found = key === null ? null : await this.needs.acquirer.resolve(key);
    const currency = request?.currency ?? 'CAD';
    const nothing = { amount, tip, currency, entryMode, card, approvalCode: null, declineReason: 'interrupted' };
    return found ?? ({ outcome: 'failed', ...nothing } as const);
  }
}

const wasOpen = (before: Payments, { paymentId }: JournalRecord): boolean => {
  const held = before.get(paymentId);
  return held !== undefined && isOpen(held);
};
