import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#database';
import { type Actor, requireAdministrator } from '../domain/actor.js';
import { AccountRepository } from '../infrastructure/account.repository.js';
import { AuditLog } from '../infrastructure/audit-log.js';
import { UserRepository } from '../infrastructure/user.repository.js';
import { NewUsers, type WantedUser } from './new-users.js';

/** An administrator adds a user to the account. */
@Injectable()
export class AddUser {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly accounts: AccountRepository,
    private readonly users: UserRepository,
    private readonly newUsers: NewUsers,
    private readonly audit: AuditLog,
  ) {}

  /** Rejects with `forbidden`, `invalid_field`, `account_not_found`, `email_taken` and `pin_taken`. */
  async execute(
    wanted: WantedUser & { readonly accountId: string; readonly by: Actor },
  ): Promise<{ readonly userId: string }> {
    const { accountId, by } = wanted;
    requireAdministrator(by);
    const user = await this.newUsers.prepare(accountId, wanted);
    const { addedAt: at, role } = user.state;
    await this.unitOfWork.run(async (tx) => {
      await this.accounts.get(tx, accountId);
      await this.users.save(tx, user);
      await this.audit.append(tx, {
        accountId,
        at,
        by,
        action: 'user.added',
        subjectId: user.id,
        facts: { name: user.state.name, role },
      });
    });
    return { userId: user.id };
  }
}
