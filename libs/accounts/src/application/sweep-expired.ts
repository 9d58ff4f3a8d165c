import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#database';
import { Clock } from '#kernel';
import { hourMs, Sweeper } from '#messaging';
import { forgottenAfterMs } from '../domain/failure-counter.js';
import { ConsoleSessions } from '../infrastructure/console-sessions.js';
import { FailureCounters } from '../infrastructure/failure-counters.js';

/** Once an hour: removes console sessions that are over and failures that no longer count. Harmless in many processes. */
@Injectable()
export class SweepExpired extends Sweeper {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sessions: ConsoleSessions,
    private readonly counters: FailureCounters,
    private readonly clock: Clock,
  ) {
    super(hourMs);
  }

  async execute(): Promise<void> {
    const now = this.clock.now();
    await this.unitOfWork.run(async (tx) => {
      await this.sessions.removeExpired(tx, now);
      await this.counters.forget(tx, new Date(now.getTime() - forgottenAfterMs));
    });
  }
}
