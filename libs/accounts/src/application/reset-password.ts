import { Injectable } from '@nestjs/common';
import { operator } from '../domain/actor.js';
import { NotFoundInAccountError } from '../domain/accounts.errors.js';
import { canonicalEmail } from '../domain/texts.js';
import { KnownUsers } from '../infrastructure/known-users.js';
import { ChangeUser } from './change-user.js';
import { PasswordCheck } from './password-check.js';

/** The operator gives a user another password and lifts the lock of the e-mail, for example to the only administrator of an account. */
@Injectable()
export class ResetPassword {
  constructor(
    private readonly users: KnownUsers,
    private readonly changeUser: ChangeUser,
    private readonly passwordCheck: PasswordCheck,
  ) {}

  /** Rejects with `user_not_found` and `invalid_field`. */
  async execute({ email, password }: { readonly email: string; readonly password: string }): Promise<void> {
    const known = await this.users.byEmail(canonicalEmail(email));
    if (!known) throw new NotFoundInAccountError('user', 'User Not Found');
    const { accountId, userId } = known.user;
    await this.changeUser.execute({ accountId, userId, password, by: operator });
    await this.passwordCheck.forgive(email);
  }
}
