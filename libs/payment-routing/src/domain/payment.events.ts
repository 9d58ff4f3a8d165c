import type { PaymentStatus } from './payment-status.js';

export type PaymentEventType =
  | 'PaymentRequested'
  | 'PaymentShown'
  | 'PaymentProceeded'
  | 'PaymentResumed'
  | 'PaymentApproved'
  | 'PaymentDeclined'
  | 'PaymentCancelled'
  | 'PaymentNotDelivered'
  | 'PaymentAbandoned'
  | 'PaymentFailed'
  | 'PaymentUnknown';

export type PaymentEvent = { readonly at: Date } & (
  | { readonly type: PaymentEventType }
  | { readonly type: 'PaymentConflictFound'; readonly reported: string; readonly transactionId: number | null }
);

const eventOfStatus: Readonly<Record<PaymentStatus, PaymentEventType>> = {
  requested: 'PaymentRequested',
  shown: 'PaymentShown',
  processing: 'PaymentProceeded',
  approved: 'PaymentApproved',
  declined: 'PaymentDeclined',
  cancelled: 'PaymentCancelled',
  not_delivered: 'PaymentNotDelivered',
  abandoned: 'PaymentAbandoned',
  failed: 'PaymentFailed',
  unknown: 'PaymentUnknown',
};

/** What a change of status is called. Back from unknown, or from an attempt that did not start, the payment resumed. */
export function eventOfChange(before: PaymentStatus, after: PaymentStatus): PaymentEventType {
  const resumed = (before === 'processing' && after === 'shown') || (before === 'unknown' && after === 'processing');
  return resumed ? 'PaymentResumed' : eventOfStatus[after];
}
