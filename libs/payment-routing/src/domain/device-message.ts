import { type Currency, maskedCardNumber, printable } from '#kernel';

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
  | { readonly type: 'busy' }
  | { readonly type: 'unsupported' }
  | { readonly type: 'journal_lost' }
  | { readonly type: 'result'; readonly result: PaymentResult };

/** What the platform answers to the device. */
export type Reply = 'withdraw' | 'stop' | 'settled' | 'proceed' | null;

/** A result as the device reported it, its texts such that they can be stored: none is lost for a strange byte or a card number. */
export function resultMessage(reported: PaymentResult): Extract<DeviceMessage, { type: 'result' }> {
  const { attempt, outcome, amount, tip, currency, entryMode, card } = reported;
  const approvalCode = reported.approvalCode === null ? null : storable(reported.approvalCode);
  const declineReason = reported.declineReason === null ? null : storable(reported.declineReason);
  const what = { attempt, outcome, amount, tip, currency, entryMode, approvalCode, declineReason };
  return { type: 'result', result: { ...what, card: card && printableCard(card) } };
}

const storable = (value: string): string => maskedCardNumber(printable(value));

/** A token may look like any number, and refunds go by it. */
const printableCard = ({ type, firstSix, lastFour, holder, token }: Card): Card => ({
  type: printable(type),
  firstSix,
  lastFour,
  holder: storable(holder).trim(),
  token: printable(token),
});
