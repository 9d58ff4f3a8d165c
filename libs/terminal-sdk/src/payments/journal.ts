import type { FrameOf } from '#terminal-protocol';

/** What the terminal was asked for, kept to show the prompt again after a power cut. */
export type PaymentRequest = FrameOf<'payment.request'>;

export interface CardData {
  readonly type: string;
  readonly firstSix: string;
  readonly lastFour: string;
  readonly holder: string;
  readonly token: string;
}
export type EntryMode = 'tap' | 'insert' | 'swipe';

/** What the acquirer answered, or what is known instead. Minor units; `amount` includes the tip. */
export interface PaymentResult {
  readonly outcome: 'approved' | 'declined' | 'failed';
  readonly amount: number;
  readonly tip: number;
  readonly currency: 'CAD' | 'USD';
  readonly entryMode: EntryMode | null;
  readonly card: CardData | null;
  readonly approvalCode: string | null;
  readonly declineReason: string | null;
}

/** One line of the journal. Whatever a message depends on is flushed before the message leaves. */
export type JournalRecord = { readonly paymentId: string } & (
  | { readonly stage: 'received'; readonly request: PaymentRequest }
  | {
      readonly stage: 'begun';
      readonly attempt: number;
      readonly tip: number;
      readonly entryMode: EntryMode;
      readonly card: CardData;
    }
  | { readonly stage: 'started'; readonly key: string; readonly amount: number }
  | { readonly stage: 'result'; readonly result: PaymentResult }
  | { readonly stage: 'cancelled'; readonly by: 'customer' | 'staff' }
  | { readonly stage: 'expired' | 'stopped' | 'settled' }
);

/** Append-only. `append` resolves when the record will survive a power cut. */
export interface Journal {
  /** All whole records, oldest first; a torn last one is left out. `lost` when there was a journal that cannot be read. */
  read(): Promise<{ readonly records: readonly JournalRecord[]; readonly lost: boolean }>;
  append(record: JournalRecord): Promise<void>;
  /** Nothing is appended after it. */
  close(): Promise<void>;
}

/** A journal that goes with the process: for tests and throw-away terminals only. */
export class MemoryJournal implements Journal {
  readonly records: JournalRecord[] = [];

  read(): Promise<{ records: readonly JournalRecord[]; lost: boolean }> {
    return Promise.resolve({ records: [...this.records], lost: false });
  }

  append(record: JournalRecord): Promise<void> {
    this.records.push(record);
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
