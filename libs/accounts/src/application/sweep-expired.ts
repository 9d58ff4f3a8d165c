import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { UnitOfWork } from '#database';
import { Clock } from '#kernel';
import { RepeatingTask } from '#messaging';
import { forgottenAfterMs } from '../domain/failure-counter.js';
import { ConsoleSessions } from '../infrastructure/console-sessions.js';
import { FailureCounters } from '../infrastructure/failure-counters.js';

const hour = 60 * 60_000;

/** Once an hour: removes console sessions that are over and failures that no longer count. Harmless in many processes. */
@Injectable()
export class SweepExpired implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly sweeper = new RepeatingTask(SweepExpired.name, hour, () => this.execute());

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sessions: ConsoleSessions,
    private readonly counters: FailureCounters,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.sweeper.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.sweeper.stop();
  }

  async execute(): Promise<void> {
    const now = this.clock.now();
    await this.unitOfWork.run(async (tx) => {
      await this.sessions.removeExpired(tx, now);
      await this.counters.forget(tx, new Date(now.getTime() - forgottenAfterMs));
    });
  }
}
