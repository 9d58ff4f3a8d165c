import { isOver, type PlatformClient, PlatformRefusal, type Renewed } from './platform-client.js';

/** Why the platform lets a terminal do nothing but deliver results; `forbidden`: it is locked. */
export type Forbidden = 'forbidden' | 'retired';

/** `over`: the session has ended. `unanswered`: nobody knows; the token stays what it was. */
export type Renewal =
  { readonly then: 'renewed'; readonly session: Renewed } | { readonly then: 'over' | 'unanswered' | Forbidden };

/** Keeps what is new of a session; null: it is over. Of another session than the open one, nothing is kept. */
export type KeepSession = (sessionId: string, renewed: Renewed | null) => Promise<void>;

/** Gets the next token of a session. Only the platform's own word ends a session, no failure on the way does. */
export class TokenRenewal {
  constructor(
    private readonly client: PlatformClient,
    private readonly keep: KeepSession,
  ) {}

  async renew(sessionId: string, token: string): Promise<Renewal> {
    try {
      const next = await this.client.renew(token);
      await this.keep(sessionId, next);
      return { then: 'renewed', session: next };
    } catch (error) {
      const { code, details } = error instanceof PlatformRefusal ? error : { code: null, details: {} };
      if (code === 'device_forbidden') return { then: forbiddenBy(details.reason) };
      if (!isOver(code)) return { then: 'unanswered' };
      await this.keep(sessionId, null);
      return { then: 'over' };
    }
  }
}

/** What the platform's reason means; one that is not known is taken for a lock, which may pass. */
export const forbiddenBy = (reason: unknown): Forbidden => (reason === 'retired' ? 'retired' : 'forbidden');
