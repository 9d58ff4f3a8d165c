import type { Currency } from '#kernel';
import type { Permissions } from '../domain/permissions.js';
import type { Role } from '../domain/roles.js';

/** Who makes a REST request, with all that the request needs to know of the account. */
export interface KnownCaller {
  readonly accountId: string;
  readonly actor: { readonly kind: 'api_access' | 'user'; readonly id: string; readonly name: string };
  readonly role: Role | null;
  readonly permissions: Permissions;
  readonly apiMode: boolean;
  readonly currency: Currency;
  readonly timeZone: string;
}
