import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { ApiError, call } from './client.js';
import { forgetDemoPin, rememberDemoPin } from './demo-pin.js';

export type Level = 'none' | 'read' | 'write';
export type Processing = 'none' | 'auth' | 'positive_transaction' | 'admin';

export interface Permissions {
  readonly general: Level;
  readonly settings: Level;
  readonly processing: Processing;
}

export interface Session {
  readonly user: {
    readonly id: string;
    readonly name: string;
    readonly email: string;
    readonly role: 'administrator' | 'manager' | 'staff';
  };
  readonly account: {
    readonly id: string;
    readonly name: string;
    readonly country: string;
    readonly currency: 'CAD' | 'USD';
    readonly timeZone: string;
    readonly locale: string;
  };
  readonly permissions: Permissions;
  readonly apiMode: boolean;
}

/** Who is logged in; null: nobody. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ client, signal }): Promise<Session | null> => {
    const session = await read(signal);
    const before = client.getQueryData<Session | null>(['session']);
    // Somebody else may have logged in in another window: the cookie is one for all.
    if (before && before.user.id !== session?.user.id) forgetEverything(client);
    if (session) rememberDemoPin(session.user.email);
    return session;
  },
  // Nobody is logged in until somebody is, in another window too.
  staleTime: ({ state }) => (state.data ? 60_000 : 0),
});

const read = (signal: AbortSignal): Promise<Session | null> =>
  call<Session>('GET', '/console/v1/session', { signal }).catch((error: unknown) => {
    if (error instanceof ApiError && error.status === 401) return null;
    throw error;
  });

/** Shows the log-in. */
export function endSession(client: QueryClient): void {
  client.setQueryData(['session'], null);
  forgetEverything(client);
}

/** Nothing that was read for one user is shown to the next. */
function forgetEverything(client: QueryClient): void {
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
  forgetDemoPin();
}

/** Given by the frame of the console, so that no page is left without it while a log-out takes the frame away. */
export const SessionContext = createContext<Session | null>(null);

/** Who is logged in, on a page that only they see. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('a page of the console outside of its frame');
  return session;
}

const levels: readonly Level[] = ['none', 'read', 'write'];
const processings: readonly Processing[] = ['none', 'auth', 'positive_transaction', 'admin'];

/** Whether who is logged in may do what needs all of these. */
export function useMay(needs: Partial<Permissions>): boolean {
  const { permissions } = useSession();
  return (
    levels.indexOf(permissions.general) >= levels.indexOf(needs.general ?? 'none') &&
    levels.indexOf(permissions.settings) >= levels.indexOf(needs.settings ?? 'none') &&
    processings.indexOf(permissions.processing) >= processings.indexOf(needs.processing ?? 'none')
  );
}
