import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';
import { LessThan, Not } from 'typeorm';
import { type ConsoleSession, ConsoleSessionRow } from './console-session.row.js';

@Injectable()
export class ConsoleSessions {
  /**
   * False when the user's password is another one by now. The user's row is held until the commit: a change of the password,
   * which ends the sessions, comes before this or finds the session there.
   */
  async add(tx: Tx, session: ConsoleSession, passwordHash: string): Promise<boolean> {
    const { tokenHash, accountId, userId, openedAt, expiresAt } = session;
    const added: unknown[] = await tx.manager.query(
      `INSERT INTO accounts.console_session (token_hash, account_id, user_id, opened_at, expires_at)
       SELECT $1, account_id, id, $4, $5 FROM accounts.account_user
        WHERE account_id = $2 AND id = $3 AND active AND password_hash = $6 FOR SHARE
       RETURNING 1`,
      [tokenHash, accountId, userId, openedAt, expiresAt, passwordHash],
    );
    return added.length === 1;
  }

  async remove(tx: Tx, tokenHash: Buffer): Promise<void> {
    await tx.manager.delete(ConsoleSessionRow, { tokenHash });
  }

  /** All of the user's, but for `kept`. */
  async removeOf(tx: Tx, userId: string, kept?: Buffer): Promise<void> {
    await tx.manager.delete(ConsoleSessionRow, { userId, ...(kept && { tokenHash: Not(kept) }) });
  }

  async removeExpired(tx: Tx, at: Date): Promise<void> {
    await tx.manager.delete(ConsoleSessionRow, { expiresAt: LessThan(at) });
  }
}
