import { Injectable } from '@nestjs/common';
import type { DeviceFrameOf } from '#terminal-protocol';
import { UnauthenticatedError } from '../domain/device-gateway.errors.js';
import { SessionTokens } from './session-tokens.js';
import type { TerminalLink } from './terminal-link.js';

/** The next token of the same session on the live link; the device's key needs no new proof, for the token names it. */
@Injectable()
export class RenewToken {
  constructor(private readonly tokens: SessionTokens) {}

  /** Rejects with `not_authenticated`, `unauthenticated`, `unavailable`. */
  async execute(link: TerminalLink, { sessionToken }: DeviceFrameOf<'token'>): Promise<void> {
    const session = link.requireSession();
    const claims = await this.tokens.read(sessionToken);
    const { deviceId, accountId, sessionId } = session.connection;
    const sameSession = claims.sub === deviceId && claims.account === accountId && claims.session === sessionId;
    const { x, y } = claims.cnf.jwk;
    if (!sameSession || x !== session.publicKey.x || y !== session.publicKey.y) throw new UnauthenticatedError();
    session.tokenExpiresAt = Math.max(session.tokenExpiresAt, claims.exp);
  }
}
