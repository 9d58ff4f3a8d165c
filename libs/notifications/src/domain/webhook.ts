export type DisabledReason = 'by_user' | 'gone' | 'failing';

/** Where an account wants to hear of its events. */
export interface Webhook {
  readonly id: string;
  readonly accountId: string;
  readonly url: string;
  readonly description: string;
  readonly types: readonly string[];
  readonly enabled: boolean;
  readonly disabledReason: DisabledReason | null;
  /** The first failure after the last success. */
  readonly failingSince: Date | null;
  readonly createdAt: Date;
}

export const webhooksAtMost = 20;
/** While an old and a new secret both sign. */
export const rotationMs = 24 * 60 * 60_000;
