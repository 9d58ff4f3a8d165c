import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#database';
import { Clock } from '#kernel';
import { InvalidCredentialsError } from '../domain/accounts.errors.js';
import { ConsoleSessions } from '../infrastructure/console-sessions.js';
import { PasswordCheck } from './password-check.js';
import { consoleTokens } from './secrets.js';

export const consoleSessionSeconds = 12 * 60 * 60;

/** A user logs in to the console. */
@Injectable()
export class OpenConsoleSession {
  constructor(
    private readonly passwords: PasswordCheck,
    private readonly unitOfWork: UnitOfWork,
    private readonly sessions: ConsoleSessions,
    private readonly clock: Clock,
  ) {}

  /** The token is the cookie's value. Rejects with `invalid_credentials`, `locked_out` and `unavailable`. */
  async execute(shown: { readonly email: string; readonly password: string }): Promise<{ readonly token: string }> {
    const { user, passwordHash } = await this.passwords.check({ ...shown, deviceId: null, accountId: null });
    const { userId, accountId } = user;
    const { token, hash: tokenHash } = consoleTokens.issue();
    const openedAt = this.clock.now();
    const expiresAt = new Date(openedAt.getTime() + consoleSessionSeconds * 1000);
    const session = { tokenHash, accountId, userId, openedAt, expiresAt };
    if (!(await this.unitOfWork.run((tx) => this.sessions.add(tx, session, passwordHash))))
      throw new InvalidCredentialsError();
    return { token };
  }
}
