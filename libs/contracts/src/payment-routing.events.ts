import { z } from 'zod';
import { doneBy } from './done-by.js';
import { defineEvent } from './event-contract.js';

const context = 'payment-routing';

export const paymentStatus = z.enum([
  'requested',
  'shown',
  'processing',
  'approved',
  'declined',
  'cancelled',
  'not_delivered',
  'abandoned',
  'unknown',
  'failed',
]);

/** A payment as it stood right after the event. Amounts are minor units; `amount` is what was asked for, without the tip. */
export const paymentState = z.object({
  paymentId: z.uuid(),
  accountId: z.uuid(),
  kind: z.enum(['purchase', 'refund']),
  status: paymentStatus,
  reason: z.string().nullable(),
  deviceId: z.uuid(),
  deviceCode: z.string(),
  amount: z.int().positive(),
  tip: z.int().nonnegative(),
  currency: z.enum(['CAD', 'USD']),
  invoiceNumber: z.string(),
  customerCode: z.string(),
  transactionId: z.int().positive().nullable(),
  /** Of a refund: the card transaction that it gives back. */
  originalTransactionId: z.int().positive().nullable().optional(),
  /** The same device charged the same card with the same amount within 5 minutes. */
  suspectedDuplicate: z.boolean().optional(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

export const PaymentRequested = defineEvent(context, 'PaymentRequested', paymentState);
export const PaymentShown = defineEvent(context, 'PaymentShown', paymentState);
/** The platform let the device go ahead: the card step may begin. */
export const PaymentProceeded = defineEvent(context, 'PaymentProceeded', paymentState);
/** From unknown, or from an attempt that did not start, back to a payment that goes on. */
export const PaymentResumed = defineEvent(context, 'PaymentResumed', paymentState);
export const PaymentApproved = defineEvent(context, 'PaymentApproved', paymentState);
export const PaymentDeclined = defineEvent(context, 'PaymentDeclined', paymentState);
export const PaymentCancelled = defineEvent(context, 'PaymentCancelled', paymentState);
export const PaymentNotDelivered = defineEvent(context, 'PaymentNotDelivered', paymentState);
export const PaymentAbandoned = defineEvent(context, 'PaymentAbandoned', paymentState);
export const PaymentFailed = defineEvent(context, 'PaymentFailed', paymentState);
export const PaymentUnknown = defineEvent(context, 'PaymentUnknown', paymentState);
/** The device reported something else than the final state; `reported` is what it said. The state stands. */
export const PaymentConflictFound = defineEvent(
  context,
  'PaymentConflictFound',
  paymentState.extend({ reported: z.string(), conflictingTransactionId: z.int().positive().nullable() }),
);
/** Somebody settled an unknown payment by hand. Said beside the end that it has by that; `reason` is how they know. */
export const PaymentResolved = defineEvent(
  context,
  'PaymentResolved',
  z.object({
    paymentId: z.uuid(),
    accountId: z.uuid(),
    outcome: z.enum(['approved', 'declined', 'failed']),
    reason: z.string(),
    by: doneBy,
  }),
);
