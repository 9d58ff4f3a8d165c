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
  PaymentResolved,
  PaymentResumed,
  PaymentShown,
  PaymentUnknown,
} from '#contracts';
import { newId } from '#kernel';
import type { PaymentResult } from '../domain/device-message.js';
import type { Payment } from '../domain/payment.js';
import type { Resolution } from '../infrastructure/resolutions.js';

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

/** Of no aggregate: the payment itself says the end that it has by this, under its next number. */
export function resolved({ accountId, paymentId, outcome, reason, by }: Resolution, at: Date): DomainEvent {
  const about = { aggregateId: null, sequence: null, accountId, correlationId: paymentId };
  const data = { paymentId, accountId, outcome, reason, by };
  return eventOf(PaymentResolved, { id: newId(), occurredAt: at, ...about, data });
}

/**
 * A result for a payment that is not known here: all that can be said of it is what the device reported. A fault charged
 * nothing. The report is an aggregate of its own, for under this id another device may have a payment, with numbers of its own.
 */
export function strangerConflict(report: StrangerReport): DomainEvent[] {
  const { deviceId, paymentId, owner, result, at } = report;
  if (result.outcome === 'failed' || result.amount <= result.tip) return [];
  const { accountId, code: deviceCode } = owner;
  const money = { amount: result.amount - result.tip, tip: result.tip, currency: result.currency };
  const times = { createdAt: at.toISOString(), updatedAt: at.toISOString() };
  const unknown = { kind: 'purchase', status: 'unknown', reason: 'not_known' } as const;
  const nothing = { invoiceNumber: '', customerCode: '', transactionId: null };
  const state = { paymentId, accountId, ...unknown, deviceId, deviceCode, ...money, ...nothing, ...times };
  const about = { aggregateId: newId(), sequence: 1, accountId, correlationId: paymentId };
  const data = { ...state, reported: result.outcome, conflictingTransactionId: null };
  return [eventOf(PaymentConflictFound, { id: newId(), occurredAt: at, ...about, data })];
}

export interface StrangerReport {
  readonly deviceId: string;
  readonly paymentId: string;
  readonly owner: { readonly accountId: string; readonly code: string };
  readonly result: PaymentResult;
  readonly at: Date;
}

function stateOf({ id, state }: Payment): DataOf<typeof PaymentRequested> {
  const { accountId, kind, status, reason, deviceId, deviceCode, amount, tip, currency } = state;
  const { invoiceNumber, customerCode, transactionId } = state;
  const what = { accountId, kind, status, reason, deviceId, deviceCode, amount, tip, currency };
  const times = { createdAt: state.createdAt.toISOString(), updatedAt: state.updatedAt.toISOString() };
  const originalTransactionId = state.original?.transactionId ?? null;
  const more = { transactionId, originalTransactionId, suspectedDuplicate: state.suspectedDuplicate };
  return { paymentId: id, ...what, invoiceNumber, customerCode, ...more, ...times };
}
