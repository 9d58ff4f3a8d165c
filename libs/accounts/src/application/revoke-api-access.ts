import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#database';
import { Clock } from '#kernel';
import { type Actor, requireAdministrator } from '../domain/actor.js';
import { ApiAccessRepository } from '../infrastructure/api-access.repository.js';
import { AuditLog } from '../infrastructure/audit-log.js';

/** An administrator ends an API token: from the next request on it is unknown. */
@Injectable()
export class RevokeApiAccess {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly apiAccesses: ApiAccessRepository,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Rejects with `forbidden` and `api_access_not_found`. */
  async execute(asked: {
    readonly accountId: string;
    readonly apiAccessId: string;
    readonly by: Actor;
  }): Promise<void> {
    const { accountId, apiAccessId, by } = asked;
    requireAdministrator(by);
    const at = this.clock.now();
    await this.unitOfWork.run(async (tx) => {
      const access = await this.apiAccesses.get(tx, accountId, apiAccessId);
      access.revoke(at);
      if (access.recorded.length === 0) return;
      await this.apiAccesses.save(tx, access);
      const facts = { name: access.state.name };
      await this.audit.append(tx, { accountId, at, by, action: 'api_access.revoked', subjectId: apiAccessId, facts });
    });
  }
}
