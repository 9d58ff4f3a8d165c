import { Injectable } from '@nestjs/common';
import { canonicalEmail, canonicalPassword } from '../domain/texts.js';
import { KnownUsers } from '../infrastructure/known-users.js';
import { PasswordHashes } from '../infrastructure/password-hashes.js';
import { FailureLimits } from './failure-limits.js';
import { LogInQueue } from './log-in-queue.js';
import { KeyedHashes } from './secrets.js';
import type { SignedInUser } from './signed-in-user.js';

const limit = 5;

export interface ShownPassword {
  readonly email: string;
  readonly password: string;
  /** The device it was typed on; null in the console. */
  readonly deviceId: string | null;
  /** The account that the device belongs to: a user of another one is refused. Null when any will do. */
  readonly accountId: string | null;
}

export interface UserWithPassword {
  readonly user: SignedInUser;
  /** What the password was found to fit. */
  readonly passwordHash: string;
}

/** E-mail and password, for every door that asks for them. Unknown e-mails are counted and take as long as known ones. */
@Injectable()
export class PasswordCheck {
  constructor(
    private readonly queue: LogInQueue,
    private readonly limits: FailureLimits,
    private readonly hashes: KeyedHashes,
    private readonly users: KnownUsers,
    private readonly passwords: PasswordHashes,
  ) {}

  /** Rejects with `invalid_credentials`, `locked_out` or `unavailable`. */
  check(shown: ShownPassword): Promise<UserWithPassword> {
    const email = canonicalEmail(shown.email);
    const limits = new Map([[this.keyOf(email), limit]]);
    if (shown.deviceId !== null) limits.set(`device-password:${shown.deviceId}`, limit);
    // In line first, counted then: an attempt that is turned away for want of room is nobody's failure.
    return this.queue.run(() => this.limits.guard({ inARow: limits }, () => this.userOf(email, shown)));
  }

  /** Whoever failed with the password before a new one is not kept waiting. */
  async forgive(email: string): Promise<void> {
    await this.limits.forgive(this.keyOf(canonicalEmail(email)));
  }

  private keyOf(canonical: string): string {
    return `email:${this.hashes.ofEmail(canonical)}`;
  }

  private async userOf(email: string, { password, accountId }: ShownPassword): Promise<UserWithPassword | undefined> {
    const known = await this.users.byEmail(email);
    const passwordHash = known?.passwordHash;
    const same = await this.passwords.matches(passwordHash, canonicalPassword(password));
    if (!known || !passwordHash || !same) return undefined;
    return accountId === null || accountId === known.user.accountId ? { user: known.user, passwordHash } : undefined;
  }
}
