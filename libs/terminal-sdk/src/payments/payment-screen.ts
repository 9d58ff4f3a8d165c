import type { TerminalMemory } from '../terminal-memory.js';
import { Timers } from '../timers.js';
import type { HeldPayment } from './held-payment.js';
import type { PaymentResult } from './journal.js';

const outcomeShownMs = 2_000;

/** Puts the open payment on the screen, and each result for a moment. */
export class PaymentScreen {
  private readonly timers = new Timers();

  constructor(private readonly memory: TerminalMemory) {}

  show(open: HeldPayment | undefined): void {
    const processing = open?.stage === 'started' || (open?.waitingUntil ?? null) !== null;
    this.memory.change({ payment: open?.onScreen ? open.request : null, processing });
  }

  showResult(paymentId: string, result: PaymentResult): void {
    this.memory.change({ outcome: { paymentId, result } });
    this.timers.after(outcomeShownMs, () => {
      if (this.memory.state.outcome?.paymentId === paymentId) this.memory.change({ outcome: null });
    });
  }

  close(): void {
    this.timers.clear();
  }
}
