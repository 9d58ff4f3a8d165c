import type { CardData, EntryMode, PaymentResult } from '../payments/journal.js';

export interface Authorisation {
  readonly kind: 'purchase' | 'refund';
  /** Minor units, tip included: what the platform let the terminal charge. */
  readonly amount: number;
  readonly tip: number;
  readonly currency: 'CAD' | 'USD';
  readonly card: CardData;
  readonly entryMode: EntryMode;
  /** Of a refund: the card that was charged, the only one that may get it back. */
  readonly originalCardToken: string | null;
}

/** The card network as a terminal sees it. The key makes every repeat the same authorisation. */
export interface Acquirer {
  /** A known key gets its first answer, whatever is asked with it. */
  authorise(key: string, authorisation: Authorisation): Promise<PaymentResult>;
  /** What became of a key: its answer, or null when there is none — then the key is closed in the same call, and a request still on its way is refused. */
  resolve(key: string): Promise<PaymentResult | null>;
}
