import { Injectable } from '@nestjs/common';
import { Clock } from '#kernel';
import { KnownCallers } from '../infrastructure/known-callers.js';
import type { KnownCaller } from './known-caller.js';
import { apiTokens } from './secrets.js';

/** Whose API token is this. Read from the database every time, so that a revoked token ends with the next request. */
@Injectable()
export class CallerByToken {
  constructor(
    private readonly callers: KnownCallers,
    private readonly clock: Clock,
  ) {}

  /** Undefined when the token is unknown or revoked. */
  async execute(token: string): Promise<KnownCaller | undefined> {
    const hash = apiTokens.hashOf(token);
    return hash && this.callers.byToken(hash, this.clock.now());
  }
}
