import type { Currency } from '#kernel';
import type { Tipping } from '../domain/account-settings.js';
import type { Permissions } from '../domain/permissions.js';
import type { Role } from '../domain/roles.js';

/** What the account chose for payments that do not say so themselves; seconds. */
export interface PaymentDefaults {
  readonly deliverWithin: number;
  readonly payWithin: number;
  readonly tipping: Tipping | null;
}

/** Who makes a REST request, with all that the request needs to know of the account. */
export interface KnownCaller {
  readonly accountId: string;
  readonly accountName: string;
  readonly actor: { readonly kind: 'api_access' | 'user'; readonly id: string; readonly name: string };
  readonly role: Role | null;
  readonly permissions: Permissions;
  readonly apiMode: boolean;
  readonly currency: Currency;
  readonly timeZone: string;
  readonly paymentDefaults: PaymentDefaults;
}
