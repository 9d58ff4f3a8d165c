import type { DeviceFrame, PlatformFrame } from '#terminal-protocol';
import type { OpenPayments } from '../domain/open-payments.js';

/** What a frame that the device gets says of its payments. */
export function readOf(payments: OpenPayments, frame: PlatformFrame): void {
  switch (frame.type) {
    case 'payment.request':
      payments.requested(frame.paymentId);
      break;
    case 'payment.settled':
    case 'payment.withdraw':
    case 'payment.stop':
      payments.ended(frame.paymentId);
      break;
    default:
  }
}

/** What a message of the device says of its payments. */
export function hearOf(payments: OpenPayments, frame: DeviceFrame): void {
  switch (frame.type) {
    case 'authenticate':
      for (const { paymentId, stage } of frame.unsettled) {
        if (stage === 'received') payments.requested(paymentId);
        else if (stage === 'begun' || stage === 'started' || stage === 'result') payments.begun(paymentId);
      }
      break;
    case 'payment.begin':
      payments.begun(frame.paymentId);
      break;
    case 'payment.not_started':
      payments.notStarted(frame.paymentId);
      break;
    case 'payment.refused':
      payments.ended(frame.paymentId);
      break;
    default:
  }
}
