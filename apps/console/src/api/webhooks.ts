import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { call } from './client.js';
import type { EventType } from './events.js';

export interface Webhook {
  readonly id: string;
  readonly url: string;
  readonly description: string;
  readonly types: readonly EventType[];
  readonly enabled: boolean;
  readonly disabledReason: 'by_user' | 'gone' | 'failing' | null;
  readonly failingSince: string | null;
  readonly createdAt: string;
}

export interface NewWebhook {
  readonly url: string;
  readonly description: string;
  readonly types: readonly string[];
}

/** The secret is in this answer and never again. */
export interface MadeWebhook extends Webhook {
  readonly secret: string;
}

export interface Attempt {
  readonly at: string;
  /** HTTP status; null: there was no answer. */
  readonly status: number | null;
  readonly problem: string | null;
  /** How the body of the answer begins. */
  readonly body: string | null;
  readonly tookMs: number;
}

export interface Delivery {
  readonly id: number;
  readonly messageId: string;
  readonly type: string;
  readonly state: 'pending' | 'delivered' | 'failed';
  /** The body as it is sent. */
  readonly request: string;
  readonly createdAt: string;
  readonly nextTryAt: string | null;
  readonly attempts: readonly Attempt[];
}

/** A delivery, with the endpoint that it is for. */
export interface DeliveryOfPayment extends Delivery {
  readonly webhookId: string;
  readonly url: string;
}

export interface DeliveryPage {
  readonly data: readonly Delivery[];
  readonly next: number | null;
}

export const webhookAddress = (id: string): `/v2/webhooks/${string}` => `/v2/webhooks/${encodeURIComponent(id)}`;

export const webhooksQuery = queryOptions({
  queryKey: ['webhooks', 'list'],
  queryFn: async ({ signal }) =>
    (await call<{ readonly data: readonly Webhook[] }>('GET', '/v2/webhooks', { signal })).data,
});

export const webhookQuery = (id: string) =>
  queryOptions({
    queryKey: ['webhooks', 'one', id],
    queryFn: ({ signal }) => call<Webhook>('GET', webhookAddress(id), { signal }),
  });

export const deliveriesQuery = (id: string, state: string) =>
  infiniteQueryOptions({
    queryKey: ['webhooks', 'deliveries', id, state],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ limit: '50', ...(state === '' ? {} : { state }) });
      if (pageParam !== null) query.set('after', String(pageParam));
      return call<DeliveryPage>('GET', `${webhookAddress(id)}/deliveries?${query.toString()}`, { signal });
    },
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }: DeliveryPage) => next,
    refetchInterval: 5_000,
  });

/** What the endpoints were told of one payment, the oldest first. */
export const deliveriesOfPaymentQuery = (paymentId: string) =>
  queryOptions({
    queryKey: ['webhooks', 'of-payment', paymentId],
    queryFn: async ({ signal }) => {
      const path = `/console/v1/deliveries?paymentId=${encodeURIComponent(paymentId)}`;
      return (await call<{ readonly data: readonly DeliveryOfPayment[] }>('GET', path, { signal })).data;
    },
    refetchInterval: 5_000,
  });
