import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { UnitOfWork } from '#database';
import { Clock } from '#kernel';
import { RepeatingTask } from '#messaging';
import { IdempotencyKeys } from '../infrastructure/idempotency-keys.js';
import { Nodes } from '../infrastructure/nodes.js';

const hour = 60 * 60_000;
const day = 24 * hour;

/** Once an hour: removes idempotency keys that no longer count, and gateway nodes that are gone for a day. Harmless in many processes. */
@Injectable()
export class SweepForgotten implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly sweeper = new RepeatingTask(SweepForgotten.name, hour, () => this.execute());

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly keys: IdempotencyKeys,
    private readonly nodes: Nodes,
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
    await this.unitOfWork.run((tx) => this.keys.forget(tx, now));
    await this.unitOfWork.run((tx) => this.nodes.forgetSilentSince(tx, new Date(now.getTime() - day)));
  }
}
