import type { DeviceFrame } from '#terminal-protocol';
import { applyRecord, type HeldPayment } from './held-payment.js';
import type { JournalRecord } from './journal.js';

/** A frame without its id, which is given when it leaves. */
export type Outgoing = {
  [Type in DeviceFrame['type']]: Omit<Extract<DeviceFrame, { type: Type }>, 'id'>;
}[DeviceFrame['type']];

/** What is to be done, in this order: a record is flushed before anything after it happens. */
export type Action =
  | { readonly do: 'journal'; readonly record: JournalRecord }
  | { readonly do: 'send'; readonly frame: Outgoing }
  | { readonly do: 'authorise'; readonly payment: HeldPayment }
  | { readonly do: 'resolve'; readonly payment: HeldPayment };

export type Payments = ReadonlyMap<string, HeldPayment>;

/** A state and what is to be done: the rules of the device's journal, without a clock, a disk or a socket. */
export interface Step {
  readonly payments: Payments;
  readonly actions: readonly Action[];
}

/** Collects what one input changes. */
export class Work implements Step {
  readonly payments: Map<string, HeldPayment>;
  readonly actions: Action[] = [];

  constructor(
    before: Payments,
    readonly now: number,
  ) {
    this.payments = new Map(before);
  }

  journal(record: JournalRecord): HeldPayment {
    const held = applyRecord(this.payments.get(record.paymentId), record);
    this.payments.set(held.paymentId, held);
    this.act({ do: 'journal', record });
    return held;
  }

  note(held: HeldPayment, change: Partial<Pick<HeldPayment, 'onScreen' | 'waitingUntil'>>): HeldPayment {
    const changed = { ...held, ...change };
    this.payments.set(held.paymentId, changed);
    return changed;
  }

  act(action: Action): void {
    this.actions.push(action);
  }

  send(frame: Outgoing): void {
    this.act({ do: 'send', frame });
  }

  get time(): string {
    return new Date(this.now).toISOString();
  }
}
