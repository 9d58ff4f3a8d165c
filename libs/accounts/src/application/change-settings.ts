import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#database';
import { Clock, type Facts } from '#kernel';
import type { AccountSettings } from '../domain/account-settings.js';
import type { Actor } from '../domain/actor.js';
import { AccountRepository } from '../infrastructure/account.repository.js';
import { AuditLog } from '../infrastructure/audit-log.js';

/** Changes what an account chose for its payments and its log. Who may is the door's word: Settings Write. */
@Injectable()
export class ChangeSettings {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly accounts: AccountRepository,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Gives the settings as they now are. Rejects with `invalid_field` and `account_not_found`. */
  async execute(accountId: string, change: Partial<AccountSettings>, by: Actor): Promise<AccountSettings> {
    return this.unitOfWork.run(async (tx) => {
      const at = this.clock.now();
      const account = await this.accounts.get(tx, accountId);
      const before = account.state.settings;
      account.changeSettings(change, at);
      if (account.recorded.length > 0) {
        await this.accounts.save(tx, account);
        const facts = changedFacts(before, account.state.settings);
        await this.audit.append(tx, { accountId, at, by, action: 'settings.changed', subjectId: accountId, facts });
      }
      return account.state.settings;
    });
  }
}

/** Only what is another now, as it is now. */
function changedFacts(before: AccountSettings, after: AccountSettings): Facts {
  const was = factsOf(before);
  return Object.fromEntries(
    Object.entries(factsOf(after)).filter(([name, fact]) => String(fact) !== String(was[name])),
  );
}

const factsOf = ({ tipping, ...settings }: AccountSettings): Facts => ({
  ...settings,
  tipping: tipping?.percentages.map(String) ?? [],
});
