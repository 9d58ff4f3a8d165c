import { Injectable } from '@nestjs/common';
import { IsNull, Not, QueryFailedError } from 'typeorm';
import type { Tx } from '#database';
import { isId } from '#kernel';
import { Outbox } from '#messaging';
import { publishedEvents } from '../application/published-events.js';
import {
  ChangedMeanwhileError,
  EmailTakenError,
  NotFoundInAccountError,
  PinTakenError,
} from '../domain/accounts.errors.js';
import { User } from '../domain/user.js';
import { UserRow } from './user.row.js';

@Injectable()
export class UserRepository {
  constructor(private readonly outbox: Outbox) {}

  /** Locked until the transaction ends. Rejects with `user_not_found`, for a user of another account too. */
  async get(tx: Tx, accountId: string, id: string): Promise<User> {
    if (!isId(id)) throw new NotFoundInAccountError('user', 'User Not Found');
    const row = await tx.manager.findOne(UserRow, { where: { id, accountId }, lock: { mode: 'pessimistic_write' } });
    if (!row) throw new NotFoundInAccountError('user', 'User Not Found');
    const { version, sequence, ...state } = row;
    return User.restore(id, state, version, sequence);
  }

  /** Whether another user can log in to the console as an administrator: a PIN alone opens terminals only. */
  hasOtherAdministrator(tx: Tx, { id, state: { accountId } }: User): Promise<boolean> {
    const other = { id: Not(id), accountId, role: 'administrator', active: true, passwordHash: Not(IsNull()) } as const;
    return tx.manager.existsBy(UserRow, other);
  }

  /** Rejects with `email_taken` and `pin_taken`; the database decides, whatever runs at the same time. */
  async save(tx: Tx, user: User): Promise<void> {
    try {
      await this.write(tx, user);
    } catch (error) {
      throw refusalOf(error);
    }
    await this.outbox.append(tx, publishedEvents(user.id, user.state.accountId, user.recorded));
  }

  private async write(tx: Tx, { id, version, sequence, state }: User): Promise<void> {
    const row = { ...state, id, version: version + 1, sequence };
    if (version === 0) {
      await tx.manager.insert(UserRow, row);
      return;
    }
    const { affected } = await tx.manager.update(UserRow, { id, accountId: state.accountId, version }, row);
    if (affected !== 1) throw new ChangedMeanwhileError();
  }
}

const refusals: Readonly<Record<string, () => Error>> = {
  account_user_email: () => new EmailTakenError(),
  account_user_pin: () => new PinTakenError(),
};

function refusalOf(error: unknown): unknown {
  if (!(error instanceof QueryFailedError)) return error;
  const violated = error.driverError as { readonly constraint?: string };
  return refusals[violated.constraint ?? '']?.() ?? error;
}
