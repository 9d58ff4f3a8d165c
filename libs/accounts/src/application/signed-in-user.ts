import type { Currency } from '#kernel';

/** A user who has shown a PIN or a password, and what a terminal needs to know of the account. */
export interface SignedInUser {
  readonly userId: string;
  readonly userName: string;
  readonly role: 'administrator' | 'manager' | 'staff';
  readonly accountId: string;
  readonly accountName: string;
  readonly apiMode: boolean;
  readonly currency: Currency;
  readonly timeZone: string;
  /** BCP 47, e.g. `en-CA`. */
  readonly locale: string;
}
