import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { call } from './client.js';
import type { Permissions } from './session.js';

export type Role = 'administrator' | 'manager' | 'staff';

export interface User {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly role: Role;
  readonly active: boolean;
  readonly createdAt: string;
}

export interface ApiAccess {
  readonly id: string;
  readonly name: string;
  readonly permissions: Permissions;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
  readonly revokedAt: string | null;
}

export interface Settings {
  readonly timeZone: string;
  /** Seconds. */
  readonly deliverWithin: number;
  readonly payWithin: number;
  readonly tipping: { readonly percentages: readonly number[] } | null;
  readonly retentionDays: number;
}

export interface AuditEntry {
  readonly id: number;
  readonly at: string;
  readonly actor: { readonly kind: string; readonly name: string };
  readonly action: string;
  readonly subjectId: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

interface AuditPage {
  readonly data: readonly AuditEntry[];
  readonly next: number | null;
}

const listOf = <One>(key: string, path: string) =>
  queryOptions({
    queryKey: [key],
    queryFn: async ({ signal }) => (await call<{ readonly data: readonly One[] }>('GET', path, { signal })).data,
  });

export const usersQuery = listOf<User>('users', '/console/v1/users');
export const apiAccessesQuery = listOf<ApiAccess>('api-accesses', '/console/v1/api-accesses');

export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: ({ signal }) => call<Settings>('GET', '/v2/settings', { signal }),
});

export const auditQuery = infiniteQueryOptions({
  queryKey: ['audit'],
  queryFn: ({ pageParam, signal }) =>
    call<AuditPage>('GET', `/console/v1/audit?limit=50${pageParam === null ? '' : `&before=${pageParam}`}`, { signal }),
  initialPageParam: null as number | null,
  getNextPageParam: ({ next }: AuditPage) => next,
});
