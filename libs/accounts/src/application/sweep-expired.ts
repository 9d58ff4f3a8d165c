import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { UnitOfWork } from '#database';
import { Clock } from '#kernel';
import { forgottenAfterMs } from '../domain/failure-counter.js';
import { ConsoleSessions } from '../infrastructure/console-sessions.js';
import { FailureCounters } from '../infrastructure/failure-counters.js';

const everyMs = 60 * 60_000;

/** Once an hour: removes console sessions that are over and failures that no longer count. Harmless in many processes. */
@Injectable()
export class SweepExpired implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(SweepExpired.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sessions: ConsoleSessions,
    private readonly counters: FailureCounters,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.sweepGuarded(), everyMs).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  async execute(): Promise<void> {
    const now = this.clock.now();
    await this.unitOfWork.run(async (tx) => {
      await this.sessions.removeExpired(tx, now);
      await this.counters.forget(tx, new Date(now.getTime() - forgottenAfterMs));
    });
  }

  private async sweepGuarded(): Promise<void> {
    try {
      await this.execute();
    } catch (error) {
      this.logger.warn(`nothing was swept this time: ${String(error)}`);
    }
  }
}
