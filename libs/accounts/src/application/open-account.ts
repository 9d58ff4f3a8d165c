import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#database';
import { newId } from '#kernel';
import { Account, type NewAccount } from '../domain/account.js';
import { operator } from '../domain/actor.js';
import { AccountRepository } from '../infrastructure/account.repository.js';
import { AuditLog } from '../infrastructure/audit-log.js';
import { UserRepository } from '../infrastructure/user.repository.js';
import { NewUsers, type WantedUser } from './new-users.js';

export interface WantedAccount extends NewAccount {
  readonly administrator: Omit<WantedUser, 'role'>;
}

/** The operator opens an account. Its first administrator comes in the same transaction: nobody could get in without. */
@Injectable()
export class OpenAccount {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly accounts: AccountRepository,
    private readonly users: UserRepository,
    private readonly newUsers: NewUsers,
    private readonly audit: AuditLog,
  ) {}

  /** Rejects with `invalid_field` and `email_taken`. */
  async execute(wanted: WantedAccount): Promise<{ readonly accountId: string; readonly userId: string }> {
    const accountId = newId();
    const administrator = await this.newUsers.prepare(accountId, { ...wanted.administrator, role: 'administrator' });
    const at = administrator.state.addedAt;
    const account = Account.open(accountId, wanted, at);
    const { country, currency } = account.state;
    const entry = { accountId, at, by: operator };
    await this.unitOfWork.run(async (tx) => {
      await this.accounts.save(tx, account);
      await this.users.save(tx, administrator);
      await this.audit.append(tx, {
        ...entry,
        action: 'account.opened',
        subjectId: accountId,
        facts: { country, currency },
      });
      await this.audit.append(tx, {
        ...entry,
        action: 'user.added',
        subjectId: administrator.id,
        facts: { name: administrator.state.name, role: 'administrator' },
      });
    });
    return { accountId, userId: administrator.id };
  }
}
