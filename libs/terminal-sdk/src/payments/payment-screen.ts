import type { TerminalMemory } from '../terminal-memory.js';
import type { PaymentEnd } from '../terminal-state.js';
import { Timers } from '../timers.js';
import type { HeldPayment } from './held-payment.js';
import type { JournalRecord } from './journal.js';

/** Puts the open payment on the screen, and each end for a moment. */
export class PaymentScreen {
  private readonly timers = new Timers();

  constructor(
    private readonly memory: TerminalMemory,
    private readonly endShownMs = 2_000,
  ) {}

  show(open: HeldPayment | undefined): void {
    const processing = open?.stage === 'started' || (open?.waitingUntil ?? null) !== null;
    const payment = open?.onScreen ? open.request : null;
    this.memory.change({ payment, processing, attempts: open?.attempt ?? 0 });
  }

  /** The record of a payment that was open until now. */
  showEnd(record: JournalRecord): void {
    const { paymentId } = record;
    const outcome = record.stage === 'result' ? { paymentId, result: record.result } : null;
    const ended = endOf(record);
    if (!outcome && !ended) return;
    this.timers.clear();
    this.memory.change({ outcome, ended });
    this.timers.after(this.endShownMs, () => {
      this.memory.change({ outcome: null, ended: null });
    });
  }

  close(): void {
    this.timers.clear();
  }
}

function endOf(record: JournalRecord): PaymentEnd | null {
  const { paymentId } = record;
  if (record.stage === 'cancelled') return { paymentId, how: 'cancelled', by: record.by };
  if (record.stage === 'stopped') return { paymentId, how: 'cancelled', by: 'platform' };
  return record.stage === 'expired' ? { paymentId, how: 'timed_out', by: null } : null;
}
