import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#database';
import { Clock, newId } from '#kernel';
import { type Actor, requireAdministrator } from '../domain/actor.js';
import { ApiAccess } from '../domain/api-access.js';
import type { Permissions } from '../domain/permissions.js';
import { AccountRepository } from '../infrastructure/account.repository.js';
import { ApiAccessRepository } from '../infrastructure/api-access.repository.js';
import { AuditLog } from '../infrastructure/audit-log.js';
import { apiTokens } from './secrets.js';

/** An administrator makes an API token for a point of sale. */
@Injectable()
export class CreateApiAccess {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly accounts: AccountRepository,
    private readonly apiAccesses: ApiAccessRepository,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** The token is in this answer and never again. Rejects with `forbidden`, `invalid_field` and `account_not_found`. */
  async execute(asked: {
    readonly accountId: string;
    readonly name: string;
    readonly permissions: Permissions;
    readonly by: Actor;
  }): Promise<{ readonly apiAccessId: string; readonly token: string }> {
    const { accountId, name, permissions, by } = asked;
    requireAdministrator(by);
    const at = this.clock.now();
    const { token, hash: tokenHash } = apiTokens.issue();
    const access = ApiAccess.create(newId(), { accountId, name, permissions, tokenHash }, at);
    const facts = { name: access.state.name, ...access.state.permissions };
    await this.unitOfWork.run(async (tx) => {
      await this.accounts.get(tx, accountId);
      await this.apiAccesses.save(tx, access);
      await this.audit.append(tx, { accountId, at, by, action: 'api_access.created', subjectId: access.id, facts });
    });
    return { apiAccessId: access.id, token };
  }
}
