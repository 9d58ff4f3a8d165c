import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#database';
import { ConsoleSessions } from '../infrastructure/console-sessions.js';

/** A user logs out of the console everywhere, here too. */
@Injectable()
export class EndEveryConsoleSession {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sessions: ConsoleSessions,
  ) {}

  async execute(userId: string): Promise<void> {
    await this.unitOfWork.run((tx) => this.sessions.removeOf(tx, userId));
  }
}
