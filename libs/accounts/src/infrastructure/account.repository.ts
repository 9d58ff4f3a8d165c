import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';
import { Outbox } from '#messaging';
import { publishedEvents } from '../application/published-events.js';
import { Account } from '../domain/account.js';
import { ChangedMeanwhileError, NotFoundInAccountError } from '../domain/accounts.errors.js';
import { AccountRow } from './account.row.js';

@Injectable()
export class AccountRepository {
  constructor(private readonly outbox: Outbox) {}

  /** Locked until the transaction ends, so that two changes follow each other. Rejects with `account_not_found`. */
  async get(tx: Tx, id: string): Promise<Account> {
    const row = await tx.manager.findOne(AccountRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!row) throw new NotFoundInAccountError('account', 'Account Not Found');
    const { name, country, currency, openedAt } = row;
    const { timeZone, deliverWithin, payWithin, tipping, retentionDays } = row;
    const settings = { timeZone, deliverWithin, payWithin, tipping, retentionDays };
    const apiMode = { enabled: row.apiMode, changedAt: row.apiModeChangedAt, changedBy: row.apiModeChangedBy };
    const state = { name, country, currency, settings, openedAt, apiMode };
    return Account.restore(id, state, row.version, row.sequence);
  }

  async save(tx: Tx, account: Account): Promise<void> {
    const row = rowOf(account);
    if (account.version === 0) await tx.manager.insert(AccountRow, row);
    else {
      const { affected } = await tx.manager.update(AccountRow, { id: account.id, version: account.version }, row);
      if (affected !== 1) throw new ChangedMeanwhileError();
    }
    await this.outbox.append(tx, publishedEvents(account.id, account.id, account.recorded));
  }
}

function rowOf({ id, version, sequence, state: { apiMode, settings, ...state } }: Account) {
  return {
    id,
    version: version + 1,
    sequence,
    ...state,
    ...settings,
    apiMode: apiMode.enabled,
    apiModeChangedAt: apiMode.changedAt,
    apiModeChangedBy: apiMode.changedBy,
  };
}
