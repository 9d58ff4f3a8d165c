import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '#database';
import { Clock } from '#kernel';
import { type Actor, requireAdministrator } from '../domain/actor.js';
import { LastAdministratorError, OwnAccessError } from '../domain/accounts.errors.js';
import type { User } from '../domain/user.js';
import { AccountRepository } from '../infrastructure/account.repository.js';
import { AuditLog } from '../infrastructure/audit-log.js';
import { UserRepository } from '../infrastructure/user.repository.js';

/** An administrator ends a user's access: to the console at once, to terminals by the event. */
@Injectable()
export class DeactivateUser {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly accounts: AccountRepository,
    private readonly users: UserRepository,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Rejects with `forbidden`, `user_not_found`, `own_access` and `last_administrator`. */
  async execute(asked: { readonly accountId: string; readonly userId: string; readonly by: Actor }): Promise<void> {
    const { accountId, userId, by } = asked;
    requireAdministrator(by);
    const at = this.clock.now();
    await this.unitOfWork.run(async (tx) => {
      // Two administrators who end each other's access follow each other here.
      await this.accounts.get(tx, accountId);
      const user = await this.users.get(tx, accountId, userId);
      if (userId === by.id) throw new OwnAccessError('end your own access');
      if (await this.isLastAdministrator(tx, user)) throw new LastAdministratorError();
      user.deactivate(at);
      if (user.recorded.length === 0) return;
      await this.users.save(tx, user);
      const facts = { name: user.state.name };
      await this.audit.append(tx, { accountId, at, by, action: 'user.deactivated', subjectId: userId, facts });
    });
  }

  private async isLastAdministrator(tx: Tx, user: User): Promise<boolean> {
    return user.administersInConsole && !(await this.users.hasOtherAdministrator(tx, user));
  }
}
