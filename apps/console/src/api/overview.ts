import { queryOptions } from '@tanstack/react-query';
import { call } from './client.js';

export interface Hour {
  readonly hour: number;
  readonly approved: number;
  readonly declined: number;
  readonly other: number;
}

export interface Overview {
  /** `YYYY-MM-DD`, in the account's time zone. */
  readonly day: string;
  readonly currency: string;
  /** 24 of them. */
  readonly hours: readonly Hour[];
  readonly approved: { readonly count: number; readonly amount: number };
  readonly refunded: { readonly count: number; readonly amount: number };
  readonly declined: { readonly count: number };
  readonly other: { readonly count: number };
  readonly unknown: { readonly count: number };
}

export const overviewQuery = queryOptions({
  queryKey: ['overview'],
  queryFn: ({ signal }) => call<Overview>('GET', '/console/v1/overview', { signal }),
  refetchInterval: 60_000,
});
