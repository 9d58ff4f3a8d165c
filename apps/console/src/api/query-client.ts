import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from './client.js';
import { endSession } from './session.js';

/** A session that has ended shows the log-in, whichever call hears of it first. */
function heed(error: unknown): void {
  if (error instanceof ApiError && error.status === 401) endSession(queryClient);
}

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: heed }),
  mutationCache: new MutationCache({ onError: heed }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // A refusal is an answer; only what could not be reached is asked again.
      retry: (count, error) => count < 2 && !(error instanceof ApiError && error.status > 0 && error.status < 500),
    },
  },
});
