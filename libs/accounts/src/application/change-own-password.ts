import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#database';
import { Clock, InvalidFieldError } from '#kernel';
import type { Actor } from '../domain/actor.js';
import { InvalidCredentialsError } from '../domain/accounts.errors.js';
import { AuditLog } from '../infrastructure/audit-log.js';
import { ConsoleSessions } from '../infrastructure/console-sessions.js';
import { UserRepository } from '../infrastructure/user.repository.js';
import { PasswordCheck } from './password-check.js';
import { consoleTokens } from './secrets.js';
import { TypedSecrets } from './typed-secrets.js';

export interface OwnPasswordChange {
  readonly accountId: string;
  readonly by: Actor;
  readonly currentPassword: string;
  readonly password: string;
  /** Of the session that goes on; the others end. */
  readonly cookie: string;
}

/** A user takes another password, for example instead of the one that an administrator made. */
@Injectable()
export class ChangeOwnPassword {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly users: UserRepository,
    private readonly passwords: PasswordCheck,
    private readonly secrets: TypedSecrets,
    private readonly sessions: ConsoleSessions,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Rejects with `invalid_field`, `locked_out` and `unavailable`: a wrong current password counts as a failed log-in. */
  async execute({ accountId, by, currentPassword, password, cookie }: OwnPasswordChange): Promise<void> {
    const passwordHash = await this.secrets.passwordHash(password);
    const shown = await this.checked(accountId, by.id, currentPassword);
    await this.unitOfWork.run(async (tx) => {
      const user = await this.users.get(tx, accountId, by.id);
      if (user.state.passwordHash !== shown) throw wrong();
      user.change({ passwordHash });
      await this.users.save(tx, user);
      await this.sessions.removeOf(tx, by.id, consoleTokens.hashOf(cookie));
      const { name, role } = user.state;
      const facts = { name, role, changed: ['password'] };
      const entry = { accountId, at: this.clock.now(), by, subjectId: by.id, facts };
      await this.audit.append(tx, { ...entry, action: 'user.changed' });
    });
  }

  /** Gives the hash that the current password fits. */
  private async checked(accountId: string, userId: string, password: string): Promise<string> {
    const { email } = (await this.unitOfWork.run((tx) => this.users.get(tx, accountId, userId))).state;
    if (email === null) throw wrong();
    try {
      return (await this.passwords.check({ email, password, deviceId: null, accountId })).passwordHash;
    } catch (error) {
      throw error instanceof InvalidCredentialsError ? wrong() : error;
    }
  }
}

const wrong = () => new InvalidFieldError('currentPassword', 'is not right');
