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
/** The most that the platform gives at once. */
export const mostPayments = 100;

export function readPayments(
  filter: PaymentFilter,
  after: string | null,
  signal?: AbortSignal,
  limit = pageSize,
): Promise<PaymentPage> {
  const { status, deviceCode, invoiceNumber } = filter;
  const wanted = Object.entries({ status, deviceCode, invoiceNumber, after: after ?? '', limit: String(limit) });
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

/** As they were called then. */
export interface DoneBy {
  readonly kind: 'user' | 'api_access' | 'system';
  readonly name: string;
}

export interface PaymentDetails {
  /** Null: older versions did not keep it. */
  readonly requestedBy: DoneBy | null;
  /** Who took it back, if it was not the terminal. */
  readonly cancelledBy: DoneBy | null;
  /** When the terminal said that it has the payment; null: it did not say so. */
  readonly receivedAt: string | null;
  /** When the approval of the card network reached the platform; null: no terminal reported one. */
  readonly authorisedAt: string | null;
  /** Of an approved purchase, in decimal units: what went back to the card. */
  readonly givenBack: number;
  /** Refunds of it that are under way, or whose end is not known. */
  readonly givingBack: number;
  /** Who settled it by hand, and why. */
  readonly resolution: { readonly outcome: PaymentStatus; readonly reason: string; readonly by: string } | null;
  /** What the terminal reported against the final status, in decimal units. */
  readonly contradiction: { readonly at: string; readonly outcome: PaymentStatus; readonly amount: number } | null;
}

export const paymentDetailsQuery = (id: string) =>
  queryOptions({
    queryKey: ['payments', 'details', id],
    queryFn: ({ signal }) =>
      call<PaymentDetails>('GET', `/console/v1/payments/${encodeURIComponent(id)}/details`, { signal }),
  });

const ends: readonly PaymentStatus[] = ['approved', 'declined', 'cancelled', 'not_delivered', 'abandoned', 'failed'];

export const isFinal = ({ status }: Payment): boolean => ends.includes(status);

/** What a card was charged or given back. */
export const totalOf = ({ amount, tipAmount }: Payment): number => inCents(amount + tipAmount);

/** Sums of decimal units, free of what binary numbers add to them. */
export const inCents = (amount: number): number => Math.round(amount * 100) / 100;
