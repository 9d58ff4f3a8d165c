import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#database';
import { Clock } from '#kernel';
import type { Actor } from '../domain/actor.js';
import { AccountRepository } from '../infrastructure/account.repository.js';
import { AuditLog } from '../infrastructure/audit-log.js';

/** Switches API mode of the account. Who may is the door's word: Settings Write. */
@Injectable()
export class SetApiMode {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly accounts: AccountRepository,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Gives the mode as it now is. Rejects with `account_not_found`. */
  async execute(asked: {
    readonly accountId: string;
    readonly enabled: boolean;
    readonly by: Actor;
  }): Promise<{ readonly enabled: boolean; readonly changedAt: Date | null }> {
    const { accountId, enabled, by } = asked;
    return this.unitOfWork.run(async (tx) => {
      const at = this.clock.now();
      const account = await this.accounts.get(tx, accountId);
      account.switchApiMode(enabled, by, at);
      if (account.recorded.length > 0) {
        await this.accounts.save(tx, account);
        const facts = { enabled };
        await this.audit.append(tx, { accountId, at, by, action: 'api_mode.changed', subjectId: accountId, facts });
      }
      return account.state.apiMode;
    });
  }
}
