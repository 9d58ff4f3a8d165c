import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';
import { LessThan } from 'typeorm';
import { type ConsoleSession, ConsoleSessionRow } from './console-session.row.js';

@Injectable()
export class ConsoleSessions {
  async add(tx: Tx, session: ConsoleSession): Promise<void> {
    await tx.manager.insert(ConsoleSessionRow, session);
  }

  async remove(tx: Tx, tokenHash: Buffer): Promise<void> {
    await tx.manager.delete(ConsoleSessionRow, { tokenHash });
  }

  async removeOf(tx: Tx, userId: string): Promise<void> {
    await tx.manager.delete(ConsoleSessionRow, { userId });
  }

  async removeExpired(tx: Tx, at: Date): Promise<void> {
    await tx.manager.delete(ConsoleSessionRow, { expiresAt: LessThan(at) });
  }
}
