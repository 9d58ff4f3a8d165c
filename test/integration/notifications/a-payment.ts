import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import {
  ApiModeChanged,
  type DataOf,
  type DomainEvent,
  eventOf,
  PaymentApproved,
  PaymentProceeded,
  PaymentRequested,
  PaymentShown,
} from '#contracts';

const sample = 'libs/contracts/samples/payment-routing/PaymentRequested.v1.json';
const { data } = JSON.parse(await readFile(sample, 'utf8')) as { data: unknown };
const life = [
  [PaymentRequested, 'requested'],
  [PaymentShown, 'shown'],
  [PaymentProceeded, 'processing'],
  [PaymentApproved, 'approved'],
] as const;

/** The four domain events of a purchase from its request to its approval. */
export function aPurchase(accountId: string, transactionId = 25_764_674): DomainEvent[] {
  const paymentId = randomUUID();
  const known = PaymentRequested.data.parse(data);
  return life.map(([contract, status], index) => {
    const state: DataOf<typeof PaymentRequested> = { ...known, accountId, paymentId, status };
    const facts = { id: randomUUID(), aggregateId: paymentId, sequence: index + 1, accountId, occurredAt: new Date() };
    return eventOf(contract, {
      ...facts,
      data: status === 'approved' ? { ...state, transactionId } : { ...state, transactionId: null },
    });
  });
}

export const ofAPurchase = [
  ...['payment.requested', 'payment.shown', 'payment.processing', 'payment.approved', 'cardTransaction'],
];

export function apiModeChanged(accountId: string, sequence: number): DomainEvent {
  const at = new Date();
  const state = { accountId, enabled: sequence % 2 === 0, changedAt: at.toISOString(), changedBy: 'system' };
  return eventOf(ApiModeChanged, {
    id: randomUUID(),
    aggregateId: accountId,
    sequence,
    accountId,
    occurredAt: at,
    data: state,
  });
}
