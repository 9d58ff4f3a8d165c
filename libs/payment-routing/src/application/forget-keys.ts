import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { UnitOfWork } from '#database';
import { Clock } from '#kernel';
import { RepeatingTask } from '#messaging';
import { IdempotencyKeys } from '../infrastructure/idempotency-keys.js';

const hour = 60 * 60_000;

/** Once an hour: removes idempotency keys that no longer count. Harmless in many processes. */
@Injectable()
export class ForgetKeys implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly sweeper = new RepeatingTask(ForgetKeys.name, hour, () => this.execute());

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly keys: IdempotencyKeys,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.sweeper.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.sweeper.stop();
  }

  async execute(): Promise<void> {
    await this.unitOfWork.run((tx) => this.keys.forget(tx, this.clock.now()));
  }
}
