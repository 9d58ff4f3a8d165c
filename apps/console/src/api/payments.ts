import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { call } from './client.js';

export const paymentStatuses = [
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
] as const;
export type PaymentStatus = (typeof paymentStatuses)[number];

export interface CardTransaction {
  readonly transactionId: number;
  readonly cardType: string;
  /** First six and last four run together. */
  readonly cardNumber: string;
  readonly cardToken: string;
  readonly cardHolderName: string;
  readonly approvalCode: string;
  readonly entryMode: string | null;
  readonly declineReason: string | null;
}

export interface Payment {
  readonly id: string;
  readonly kind: 'purchase' | 'refund';
  readonly status: PaymentStatus;
  readonly reason: string | null;
  readonly deviceCode: string;
  /** Decimal units, without the tip. */
  readonly amount: number;
  readonly currency: string;
  readonly tipAmount: number;
  readonly invoiceNumber: string;
  readonly customerCode: string;
  readonly description: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly transactionId: number | null;
  readonly originalTransactionId: number | null;
  readonly suspectedDuplicate: boolean;
  readonly cardTransaction: CardTransaction | null;
  readonly timeline: readonly { readonly at: string; readonly status: PaymentStatus; readonly reason?: string }[];
}

export interface PaymentPage {
  readonly data: readonly Payment[];
  readonly next: string | null;
}

/** Empty texts: whatever it is. */
export interface PaymentFilter {
  readonly status: string;
  readonly deviceCode: string;
  readonly invoiceNumber: string;
}

export const everyPayment: PaymentFilter = { status: '', deviceCode: '', invoiceNumber: '' };

const pageSize = 50;

export function readPayments(filter: PaymentFilter, after: string | null, signal?: AbortSignal): Promise<PaymentPage> {
  const { status, deviceCode, invoiceNumber } = filter;
  const wanted = Object.entries({ status, deviceCode, invoiceNumber, after: after ?? '', limit: String(pageSize) });
  const query = new URLSearchParams(wanted.filter(([, value]) => value !== ''));
  return call<PaymentPage>('GET', `/v2/payments?${query.toString()}`, signal ? { signal } : {});
}

export const paymentsQuery = (filter: PaymentFilter) =>
  infiniteQueryOptions({
    queryKey: ['payments', 'list', filter],
    queryFn: ({ pageParam, signal }) => readPayments(filter, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page: PaymentPage) => page.next,
  });

export const paymentQuery = (id: string) =>
  queryOptions({
    queryKey: ['payments', 'one', id],
    queryFn: ({ signal }) => call<Payment>('GET', `/v2/payments/${encodeURIComponent(id)}`, { signal }),
  });

/** When the terminal said that it has the payment; null: it did not say so. */
export const receivedAtQuery = (id: string) =>
  queryOptions({
    queryKey: ['payments', 'received', id],
    queryFn: async ({ signal }) => {
      const path = `/console/v1/payments/${encodeURIComponent(id)}/terminal-times`;
      return (await call<{ readonly receivedAt: string | null }>('GET', path, { signal })).receivedAt;
    },
  });

interface CardTransactionOfList {
  readonly status: 'APPROVED' | 'DECLINED';
  readonly amount: number;
  readonly originalTransactionId: number | null;
}

/** What was given back of a purchase so far: a refund goes to the card that paid, so it is among the transactions of that card. */
export const givenBackQuery = ({ transactionId, cardTransaction }: Payment) =>
  queryOptions({
    queryKey: ['payments', 'given-back', transactionId],
    // Money is never offered from memory.
    gcTime: 0,
    queryFn: async ({ signal }) => {
      const query = new URLSearchParams({ cardToken: cardTransaction?.cardToken ?? '' }).toString();
      const options = { signal };
      const all = await call<readonly CardTransactionOfList[]>('GET', `/v2/card-transactions?${query}`, options);
      const refunds = all.filter((one) => one.originalTransactionId === transactionId && one.status === 'APPROVED');
      return inCents(refunds.reduce((sum, { amount }) => sum + amount, 0));
    },
  });

const ends: readonly PaymentStatus[] = ['approved', 'declined', 'cancelled', 'not_delivered', 'abandoned', 'failed'];

export const isFinal = ({ status }: Payment): boolean => ends.includes(status);

/** What a card was charged or given back. */
export const totalOf = ({ amount, tipAmount }: Payment): number => inCents(amount + tipAmount);

/** Sums of decimal units, free of what binary numbers add to them. */
export const inCents = (amount: number): number => Math.round(amount * 100) / 100;
