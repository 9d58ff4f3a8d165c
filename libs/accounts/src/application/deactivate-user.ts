import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#database';
import { Clock } from '#kernel';
import { type Actor, requireAdministrator } from '../domain/actor.js';
import { AuditLog } from '../infrastructure/audit-log.js';
import { UserRepository } from '../infrastructure/user.repository.js';

/** An administrator ends a user's access: to the console at once, to terminals by the event. */
@Injectable()
export class DeactivateUser {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly users: UserRepository,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Rejects with `forbidden` and `user_not_found`. */
  async execute(asked: { readonly accountId: string; readonly userId: string; readonly by: Actor }): Promise<void> {
    const { accountId, userId, by } = asked;
    requireAdministrator(by);
    const at = this.clock.now();
    await this.unitOfWork.run(async (tx) => {
      const user = await this.users.get(tx, accountId, userId);
      user.deactivate(at);
      if (user.recorded.length === 0) return;
      await this.users.save(tx, user);
      await this.audit.append(tx, { accountId, at, by, action: 'user.deactivated', subjectId: userId, facts: {} });
    });
  }
}
