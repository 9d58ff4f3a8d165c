import type { Currency } from '#kernel';

export type EntryMode = 'tap' | 'insert' | 'swipe';

export interface Card {
  readonly type: string;
  readonly firstSix: string;
  readonly lastFour: string;
  readonly holder: string;
  readonly token: string;
}

/** What the device's journal holds of the card step. Minor units; `amount` includes the tip. */
export interface PaymentResult {
  readonly attempt: number;
  readonly outcome: 'approved' | 'declined' | 'failed';
  readonly amount: number;
  readonly tip: number;
  readonly currency: Currency;
  readonly entryMode: EntryMode | null;
  readonly card: Card | null;
  readonly approvalCode: string | null;
  readonly declineReason: string | null;
}

/** What a device says of a payment. It may come late, twice or out of order. */
export type DeviceMessage =
  | { readonly type: 'received' }
  | { readonly type: 'shown' }
  | { readonly type: 'begin'; readonly attempt: number; readonly tip: number; readonly entryMode: EntryMode }
  | { readonly type: 'not_started'; readonly attempt: number }
  | { readonly type: 'cancelled'; readonly attempt: number; readonly by: 'customer' | 'staff' }
  | { readonly type: 'expired'; readonly attempt: number }
  | { readonly type: 'unsupported' }
  | { readonly type: 'journal_lost' }
  | { readonly type: 'result'; readonly result: PaymentResult };

/** What the platform answers to the device. */
export type Reply = 'withdraw' | 'stop' | 'settled' | 'proceed' | null;
