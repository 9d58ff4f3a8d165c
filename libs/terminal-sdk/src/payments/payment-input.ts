import type { PlatformFrame } from '#terminal-protocol';
import type { Input } from './payment-rules.js';

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
