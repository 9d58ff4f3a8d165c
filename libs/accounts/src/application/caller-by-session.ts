import { Injectable } from '@nestjs/common';
import { Clock } from '#kernel';
import { KnownCallers } from '../infrastructure/known-callers.js';
import type { KnownCaller } from './known-caller.js';
import { consoleTokens } from './secrets.js';

/** Whose console session is this, by the value of the cookie. */
@Injectable()
export class CallerBySession {
  constructor(
    private readonly callers: KnownCallers,
    private readonly clock: Clock,
  ) {}

  /** Undefined when the session is unknown or over, or its user deactivated. */
  async execute(cookie: string): Promise<KnownCaller | undefined> {
    const hash = consoleTokens.hashOf(cookie);
    return hash && this.callers.bySession(hash, this.clock.now());
  }
}
