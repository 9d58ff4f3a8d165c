import type {
  ApiModeChanged,
  DataOf,
  DeviceCodeAssigned,
  DeviceLocked,
  PaymentConflictFound,
  PaymentRequested,
} from '#contracts';
import { Money } from '#kernel';
import type { NewPublicEvent, PublicEventType } from '../public-event.js';

type Payment = DataOf<typeof PaymentRequested>;
type Device = DataOf<typeof DeviceLocked>;
type PairedDevice = DataOf<typeof DeviceCodeAssigned>;

/** A payment as `GET /v2/payments/{id}` shows it, without its timeline and card transaction. */
const paymentData = (payment: Payment) => ({
  id: payment.paymentId,
  kind: payment.kind,
  status: payment.status,
  reason: payment.reason,
  deviceCode: payment.deviceCode,
  amount: decimal(payment.amount, payment.currency),
  currency: payment.currency,
  tipAmount: decimal(payment.tip, payment.currency),
  invoiceNumber: payment.invoiceNumber,
  customerCode: payment.customerCode,
  transactionId: payment.transactionId,
  originalTransactionId: payment.originalTransactionId ?? null,
  suspectedDuplicate: payment.suspectedDuplicate ?? false,
  createdAt: payment.createdAt,
  updatedAt: payment.updatedAt,
});

/** A change of a payment; where it made a card transaction or ended on the terminal, also in the published shape. */
export function ofPayment(type: PublicEventType, payment: Payment): NewPublicEvent[] {
  const change = { type, data: paymentData(payment) };
  if (endedWithCard(payment)) return [change, cardTransaction(payment.transactionId)];
  return endedOnTerminal(payment) ? [change, terminalCancel(payment)] : [change];
}

export function ofConflict(conflict: DataOf<typeof PaymentConflictFound>): NewPublicEvent[] {
  const { reported, conflictingTransactionId } = conflict;
  const data = { ...paymentData(conflict), reported, conflictingTransactionId };
  return [
    { type: 'payment.conflict', data },
    ...(conflictingTransactionId === null ? [] : [cardTransaction(conflictingTransactionId)]),
  ];
}

const cardTransaction = (transactionId: number): NewPublicEvent => ({
  type: 'cardTransaction',
  data: { id: String(transactionId) },
});

const terminalCancel = (payment: Payment): NewPublicEvent => ({
  type: 'terminalCancel',
  data: {
    cancelledAt: withoutMilliseconds(payment.updatedAt),
    currency: payment.currency,
    deviceCode: payment.deviceCode,
    transactionAmount: decimal(payment.amount, payment.currency),
    invoiceNumber: payment.invoiceNumber,
    customerCode: payment.customerCode,
  },
});

/** An unknown payment ends in one of these, and only its end tells of the card transaction. */
const cardStatuses: readonly string[] = ['approved', 'declined', 'failed'];

function endedWithCard(payment: Payment): payment is Payment & { transactionId: number } {
  return payment.transactionId !== null && cardStatuses.includes(payment.status);
}

/** Ended without a card transaction, and not by the point of sale, which knows. */
function endedOnTerminal({ status, reason, transactionId }: Payment): boolean {
  if (status === 'cancelled') return reason === 'by_customer' || reason === 'by_staff';
  return status === 'abandoned' || status === 'not_delivered' || (status === 'failed' && transactionId === null);
}

const decimal = (minor: number, currency: Payment['currency']): number => Money.ofMinor(minor, currency).toDecimal();

const withoutMilliseconds = (time: string): string => time.replace(/\.\d+Z$/, 'Z');

export function ofDevice(type: PublicEventType, { deviceId, serialNumber, model }: Device): NewPublicEvent {
  return { type, data: { deviceId, serialNumber, model } };
}

/** As a point of sale knows the device: by its code. */
export function ofPairing(type: PublicEventType, { deviceId, code }: PairedDevice, more: object = {}): NewPublicEvent {
  return { type, data: { deviceId, deviceCode: code, ...more } };
}

export function ofApiMode({ enabled, changedAt }: DataOf<typeof ApiModeChanged>): NewPublicEvent {
  return { type: 'api_mode.changed', data: { enabled, changedAt } };
}
