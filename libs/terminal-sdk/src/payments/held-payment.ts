import type { CardData, EntryMode, JournalRecord, PaymentRequest, PaymentResult } from './journal.js';

export type Stage = JournalRecord['stage'];

/** A payment as the journal holds it, and what only this run of the terminal knows of it. */
export interface HeldPayment {
  readonly paymentId: string;
  readonly stage: Stage;
  readonly attempt: number;
  readonly request: PaymentRequest | null;
  readonly tip: number;
  readonly entryMode: EntryMode | null;
  readonly card: CardData | null;
  readonly key: string | null;
  /** Minor units, tip included; what `payment.proceed` said. */
  readonly chargedAmount: number;
  readonly result: PaymentResult | null;
  readonly by: 'customer' | 'staff' | null;
  /** Only in this run: the prompt is on the screen. */
  readonly onScreen: boolean;
  /** Only in this run: milliseconds of server time until which a go-ahead for the attempt is obeyed; null: none is. */
  readonly waitingUntil: number | null;
}

const unknown = {
  stage: 'received',
  attempt: 0,
  request: null,
  tip: 0,
  entryMode: null,
  card: null,
  key: null,
  chargedAmount: 0,
  result: null,
  by: null,
  onScreen: false,
  waitingUntil: null,
} as const;

/** A payment that may still be shown or charged: the terminal takes no other one meanwhile. */
export const isOpen = ({ stage }: HeldPayment): boolean =>
  stage === 'received' || stage === 'begun' || stage === 'started';

/** What the platform must still hear about. */
export const isUnsettled = ({ stage }: HeldPayment): boolean => stage !== 'settled' && stage !== 'stopped';

/** What a record makes of the payment. */
export function applyRecord(held: HeldPayment | undefined, record: JournalRecord): HeldPayment {
  const { paymentId, stage } = record;
  const before: HeldPayment = held ?? { ...unknown, paymentId };
  switch (record.stage) {
    case 'received':
      return { ...before, stage, request: record.request };
    case 'begun': {
      const { attempt, tip, entryMode, card } = record;
      return { ...before, stage, attempt, tip, entryMode, card };
    }
    case 'started':
      return { ...before, stage, key: record.key, chargedAmount: record.amount, waitingUntil: null };
    case 'result':
      return { ...before, stage, result: record.result, onScreen: false };
    case 'cancelled':
      return { ...before, stage, by: record.by, onScreen: false };
    case 'expired':
    case 'stopped':
    case 'settled':
      return { ...before, stage: record.stage, onScreen: false, waitingUntil: null };
  }
}
