import { Injectable } from '@nestjs/common';
import { PasswordCheck, type ShownPassword } from './password-check.js';
import type { SignedInUser } from './signed-in-user.js';

/** A user logs in to a device, or binds one to the account, with e-mail and password. */
@Injectable()
export class VerifyPassword {
  constructor(private readonly passwords: PasswordCheck) {}

  /** Rejects with `invalid_credentials`, `locked_out` (facts: retryAfterSeconds) or `unavailable`. */
  async execute(shown: ShownPassword): Promise<SignedInUser> {
    return (await this.passwords.check(shown)).user;
  }
}
