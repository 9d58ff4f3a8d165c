import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '#database';
import { Clock, InvalidFieldError } from '#kernel';
import { type Actor, requireAdministrator } from '../domain/actor.js';
import { LastAdministratorError, NotFoundInAccountError, OwnAccessError } from '../domain/accounts.errors.js';
import type { User, UserChange } from '../domain/user.js';
import { AccountRepository } from '../infrastructure/account.repository.js';
import { AuditLog } from '../infrastructure/audit-log.js';
import { ConsoleSessions } from '../infrastructure/console-sessions.js';
import { UserRepository } from '../infrastructure/user.repository.js';
import type { WantedUser } from './new-users.js';
import { TypedSecrets } from './typed-secrets.js';

/** What of a user is to be changed; what is left out, or null, stays. */
export type WantedChange = { readonly [Field in keyof WantedUser]?: WantedUser[Field] | null | undefined };

const words = { name: 'name', role: 'role', email: 'email', passwordHash: 'password', pinHash: 'pin' } as const;

/** An administrator changes a user: a new password ends the console sessions that the old one opened. */
@Injectable()
export class ChangeUser {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly accounts: AccountRepository,
    private readonly users: UserRepository,
    private readonly secrets: TypedSecrets,
    private readonly sessions: ConsoleSessions,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Rejects with `forbidden`, `invalid_field`, `user_not_found` (also one whose access was ended), `own_access` for the own role,
   * `last_administrator`, `email_taken` and `pin_taken`.
   */
  async execute(
    wanted: WantedChange & { readonly accountId: string; readonly userId: string; readonly by: Actor },
  ): Promise<void> {
    const { accountId, userId, by } = wanted;
    requireAdministrator(by);
    if (userId === by.id) refuseOwn(wanted);
    const change = await this.changeOf(accountId, wanted);
    await this.unitOfWork.run(async (tx) => {
      // Two administrators who take each other's role away follow each other here.
      await this.accounts.get(tx, accountId);
      const user = await this.users.get(tx, accountId, userId);
      if (!user.state.active) throw new NotFoundInAccountError('user', 'User Not Found');
      const wasNeeded = await this.isLastAdministrator(tx, user);
      const changed = user.change(change);
      if (changed.length === 0) return;
      if (wasNeeded && !user.administersInConsole) throw new LastAdministratorError();
      await this.users.save(tx, user);
      if (changed.includes('passwordHash')) await this.sessions.removeOf(tx, userId);
      const { name, role } = user.state;
      const facts = { name, role, changed: changed.map((field) => words[field]) };
      const entry = { accountId, at: this.clock.now(), by, subjectId: userId, facts };
      await this.audit.append(tx, { ...entry, action: 'user.changed' });
    });
  }

  private async changeOf(accountId: string, { name, role, email, password, pin }: WantedChange): Promise<UserChange> {
    return {
      ...(name == null ? {} : { name }),
      ...(role == null ? {} : { role }),
      ...(email == null ? {} : { email }),
      ...(password == null ? {} : { passwordHash: await this.secrets.passwordHash(password) }),
      ...(pin == null ? {} : { pinHash: this.secrets.pinHash(accountId, pin) }),
    };
  }

  private async isLastAdministrator(tx: Tx, user: User): Promise<boolean> {
    return user.administersInConsole && !(await this.users.hasOtherAdministrator(tx, user));
  }
}

function refuseOwn({ role, password }: WantedChange): void {
  if (role != null) throw new OwnAccessError('change your own role');
  // Whoever finds an open console must not be able to keep it.
  if (password != null)
    throw new InvalidFieldError('password', 'is changed with the current one, at /console/v1/password');
}
