import { queryOptions } from '@tanstack/react-query';
import { call } from './client.js';

/** An event of this account that a part of the platform could not take in. */
export interface DeadLetter {
  readonly id: string;
  readonly event: string | null;
  readonly subscriber: string;
  readonly diedAt: string;
  readonly retrying: boolean;
}

/** The oldest first, at most 100. */
export const deadLettersQuery = queryOptions({
  queryKey: ['dead-letters'],
  queryFn: async ({ signal }) =>
    (await call<{ readonly data: readonly DeadLetter[] }>('GET', '/console/v1/dead-letters', { signal })).data,
  // A try that has begun is not said to be asked for any more, until its end is known.
  refetchInterval: ({ state: { data = [] } }) =>
    data.some(({ retrying }) => retrying) ? 1_000 : data.length > 0 ? 5_000 : 60_000,
});

export const retryDeadLetters = (): Promise<{ readonly retrying: number }> =>
  call('POST', '/console/v1/dead-letters/retry');
