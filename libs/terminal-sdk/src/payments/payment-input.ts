import type { FrameOf, PlatformFrame } from '#terminal-protocol';
import type { CardData, EntryMode, PaymentRequest, PaymentResult } from './journal.js';

/** What may happen to the payments of a terminal. */
export type Input =
  | { readonly type: 'request'; readonly frame: PaymentRequest; readonly clockIsFresh: boolean }
  | { readonly type: 'proceed'; readonly frame: FrameOf<'payment.proceed'> }
  | { readonly type: 'withdraw'; readonly paymentId: string }
  | { readonly type: 'settled'; readonly paymentId: string }
  | {
      readonly type: 'card';
      readonly paymentId: string;
      readonly tip: number;
      readonly entryMode: EntryMode;
      readonly card: CardData;
    }
  | { readonly type: 'cancel'; readonly paymentId: string; readonly by: 'customer' | 'staff' }
  | { readonly type: 'answered'; readonly paymentId: string; readonly result: PaymentResult }
  | { readonly type: 'tick' }
  | { readonly type: 'link_lost' }
  | { readonly type: 'connected' }
  | { readonly type: 'boot' };

/** What a frame means for the payments; null when it is about something else. */
export function inputOf(frame: PlatformFrame, clockIsFresh: boolean): Input | null {
  switch (frame.type) {
    case 'ready':
      return { type: 'connected' };
    case 'payment.request':
      return { type: 'request', frame, clockIsFresh };
    case 'payment.proceed':
      return { type: 'proceed', frame };
    case 'payment.withdraw':
    case 'payment.stop':
      return { type: 'withdraw', paymentId: frame.paymentId };
    case 'payment.settled':
      return { type: 'settled', paymentId: frame.paymentId };
    default:
      return null;
  }
}
