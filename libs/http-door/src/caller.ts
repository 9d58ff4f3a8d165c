import type { Currency } from '#kernel';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';

export const accessLevels = ['none', 'read', 'write'] as const;
export type AccessLevel = (typeof accessLevels)[number];
export const processingLevels = ['none', 'auth', 'positive_transaction', 'admin'] as const;
export type ProcessingLevel = (typeof processingLevels)[number];

/** The three axes of an API access; a console user's role is mapped to the same. */
export interface Permissions {
  readonly general: AccessLevel;
  readonly settings: AccessLevel;
  readonly processing: ProcessingLevel;
}

/** Who makes this request. The account comes from the credential only, never from the request itself. */
export interface Caller {
  readonly accountId: string;
  readonly accountName: string;
  readonly actor: { readonly kind: 'api_access' | 'user'; readonly id: string; readonly name: string };
  readonly role: 'administrator' | 'manager' | 'staff' | null;
  readonly permissions: Permissions;
  readonly apiMode: boolean;
  readonly currency: Currency;
  readonly timeZone: string;
  /** What the account chose for payments that do not say so themselves; seconds. */
  readonly paymentDefaults: {
    readonly deliverWithin: number;
    readonly payWithin: number;
    readonly tipping: { readonly percentages: readonly number[] } | null;
  };
}

/** Answers "who is this" for the REST door; accounts answers it, in one query. */
export abstract class CallerAuthentication {
  /** Undefined when the token is not known or not active. */
  abstract byToken(apiToken: string): Promise<Caller | undefined>;
  /** Undefined when the console session is over. */
  abstract bySession(cookie: string): Promise<Caller | undefined>;
}

/** The fields under which the platform's guard leaves the caller on the request. */
export interface RequestWithCaller {
  caller?: Caller;
  /** Asks anew whether the credential of the request opens its door. */
  isStillAllowed?: () => Promise<boolean>;
}

export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const { caller } = context.switchToHttp().getRequest<RequestWithCaller>();
  if (!caller) throw new Error('CurrentCaller on a method without @Requires');
  return caller;
});
