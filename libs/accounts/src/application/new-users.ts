import { Injectable } from '@nestjs/common';
import { Clock, newId } from '#kernel';
import type { Role } from '../domain/roles.js';
import { checkedPassword, checkedPin } from '../domain/texts.js';
import { User } from '../domain/user.js';
import { PasswordHashes } from '../infrastructure/password-hashes.js';
import { LogInQueue } from './log-in-queue.js';
import { KeyedHashes } from './secrets.js';

/** With e-mail and password, or a PIN, or both. Null: not given. */
export interface WantedUser {
  readonly name: string;
  readonly role: Role;
  readonly email?: string | null;
  readonly password?: string | null;
  readonly pin?: string | null;
}

/** Makes a user out of what was typed: from here on there are only hashes. */
@Injectable()
export class NewUsers {
  constructor(
    private readonly queue: LogInQueue,
    private readonly passwords: PasswordHashes,
    private readonly hashes: KeyedHashes,
    private readonly clock: Clock,
  ) {}

  async prepare(accountId: string, { name, role, ...shown }: WantedUser): Promise<User> {
    const [email, password, pin] = [shown.email ?? null, shown.password ?? null, shown.pin ?? null];
    const wanted = {
      accountId,
      name,
      role,
      email,
      passwordHash: password === null ? null : await this.hashOf(password),
      pinHash: pin === null ? null : this.hashes.ofPin(accountId, checkedPin(pin)),
    };
    return User.add(newId(), wanted, this.clock.now());
  }

  private hashOf(password: string): Promise<string> {
    const checked = checkedPassword(password);
    return this.queue.run(() => this.passwords.of(checked));
  }
}
