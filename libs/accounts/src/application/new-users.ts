import { Injectable } from '@nestjs/common';
import { Clock, newId } from '#kernel';
import type { Role } from '../domain/roles.js';
import { User } from '../domain/user.js';
import { TypedSecrets } from './typed-secrets.js';

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
    private readonly secrets: TypedSecrets,
    private readonly clock: Clock,
  ) {}

  async prepare(accountId: string, { name, role, ...shown }: WantedUser): Promise<User> {
    const [email, password, pin] = [shown.email ?? null, shown.password ?? null, shown.pin ?? null];
    const wanted = {
      accountId,
      name,
      role,
      email,
      passwordHash: password === null ? null : await this.secrets.passwordHash(password),
      pinHash: pin === null ? null : this.secrets.pinHash(accountId, pin),
    };
    return User.add(newId(), wanted, this.clock.now());
  }
}
