import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#database';
import { ConsoleSessions } from '../infrastructure/console-sessions.js';
import { consoleTokens } from './secrets.js';

/** A user logs out of the console. A session that is already over stays so. */
@Injectable()
export class EndConsoleSession {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sessions: ConsoleSessions,
  ) {}

  async execute(cookie: string): Promise<void> {
    const hash = consoleTokens.hashOf(cookie);
    if (hash) await this.unitOfWork.run((tx) => this.sessions.remove(tx, hash));
  }
}
