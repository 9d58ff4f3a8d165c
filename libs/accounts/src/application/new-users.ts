import { Injectable } from '@nestjs/common';
import { Clock, newId } from '#kernel';
import type { Role } from '../domain/roles.js';
import { checkedPassword, checkedPin } from '../domain/texts.js';
import { User } from '../domain/user.js';
import { PasswordHashes } from '../infrastructure/password-hashes.js';
import { LogInQueue } from './log-in-queue.js';
import { KeyedHashes } from './secrets.js';

/** With e-mail and password, or a PIN, or both. */
export interface WantedUser {
  readonly name: string;
  readonly role: Role;
  readonly email?: string;
  readonly password?: string;
  readonly pin?: string;
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

  async prepare(accountId: string, { name, role, email, password, pin }: WantedUser): Promise<User> {
    const wanted = {
      accountId,
      name,
      role,
      email: email ?? null,
      passwordHash: password === undefined ? null : await this.hashOf(password),
      pinHash: pin === undefined ? null : this.hashes.ofPin(accountId, checkedPin(pin)),
    };
    return User.add(newId(), wanted, this.clock.now());
  }

  private hashOf(password: string): Promise<string> {
    const checked = checkedPassword(password);
    return this.queue.run(() => this.passwords.of(checked));
  }
}
