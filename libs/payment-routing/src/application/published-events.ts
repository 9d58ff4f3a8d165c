import {
  type DataOf,
  type DomainEvent,
  eventOf,
  PaymentAbandoned,
  PaymentApproved,
  PaymentCancelled,
  PaymentConflictFound,
  PaymentDeclined,
  PaymentFailed,
  PaymentNotDelivered,
  PaymentProceeded,
  PaymentRequested,
  PaymentResumed,
  PaymentShown,
  PaymentUnknown,
} from '#contracts';
import { newId } from '#kernel';
import type { Payment } from '../domain/payment.js';

const contracts = {
  PaymentRequested,
  PaymentShown,
  PaymentProceeded,
  PaymentResumed,
  PaymentApproved,
  PaymentDeclined,
  PaymentCancelled,
  PaymentNotDelivered,
  PaymentAbandoned,
  PaymentFailed,
  PaymentUnknown,
} as const;

/** The only door out of this context; each event carries the payment as it stands. */
export function publishedEvents(payment: Payment): DomainEvent[] {
  const state = stateOf(payment);
  return payment.recorded.map(({ sequence, event }) => {
    const { paymentId, accountId } = state;
    const about = { aggregateId: paymentId, sequence, accountId, correlationId: paymentId };
    const facts = { id: newId(), occurredAt: event.at, ...about };
    if (event.type !== 'PaymentConflictFound') return eventOf(contracts[event.type], { ...facts, data: state });
    const { reported, transactionId } = event;
    return eventOf(PaymentConflictFound, {
      ...facts,
      data: { ...state, reported, conflictingTransactionId: transactionId },
    });
  });
}

function stateOf({ id, state }: Payment): DataOf<typeof PaymentRequested> {
  const { accountId, kind, status, reason, deviceId, deviceCode, amount, tip, currency } = state;
  const { invoiceNumber, customerCode, transactionId } = state;
  const what = { accountId, kind, status, reason, deviceId, deviceCode, amount, tip, currency };
  const times = { createdAt: state.createdAt.toISOString(), updatedAt: state.updatedAt.toISOString() };
  return { paymentId: id, ...what, invoiceNumber, customerCode, transactionId, ...times };
}
