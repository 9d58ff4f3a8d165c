import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';
import { isId } from '#kernel';
import { Outbox } from '#messaging';
import { publishedEvents } from '../application/published-events.js';
import { ChangedMeanwhileError, NotFoundInAccountError } from '../domain/accounts.errors.js';
import { ApiAccess } from '../domain/api-access.js';
import { ApiAccessRow } from './api-access.row.js';

@Injectable()
export class ApiAccessRepository {
  constructor(private readonly outbox: Outbox) {}

  /** Locked until the transaction ends. Rejects with `api_access_not_found`, for one of another account too. */
  async get(tx: Tx, accountId: string, id: string): Promise<ApiAccess> {
    if (!isId(id)) throw new NotFoundInAccountError('api_access', 'API Access Not Found');
    const where = { id, accountId };
    const row = await tx.manager.findOne(ApiAccessRow, { where, lock: { mode: 'pessimistic_write' } });
    if (!row) throw new NotFoundInAccountError('api_access', 'API Access Not Found');
    const { version, sequence, general, settings, processing, ...state } = row;
    return ApiAccess.restore(id, { ...state, permissions: { general, settings, processing } }, version, sequence);
  }

  async save(tx: Tx, access: ApiAccess): Promise<void> {
    const { id, version, sequence } = access;
    const { permissions, ...state } = access.state;
    const row = { id, version: version + 1, sequence, ...state, ...permissions };
    if (version === 0) await tx.manager.insert(ApiAccessRow, row);
    else {
      const where = { id, accountId: row.accountId, version };
      const { affected } = await tx.manager.update(ApiAccessRow, where, row);
      if (affected !== 1) throw new ChangedMeanwhileError();
    }
    await this.outbox.append(tx, publishedEvents(id, row.accountId, access.recorded));
  }
}
