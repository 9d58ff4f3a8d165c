import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#database';
import { Clock } from '#kernel';
import { hourMs, Sweeper } from '#messaging';
import { IdempotencyKeys } from '../infrastructure/idempotency-keys.js';
import { Nodes } from '../infrastructure/nodes.js';

const day = 24 * hourMs;

/** Once an hour: removes idempotency keys that no longer count, and gateway nodes that are gone for a day. Harmless in many processes. */
@Injectable()
export class SweepForgotten extends Sweeper {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly keys: IdempotencyKeys,
    private readonly nodes: Nodes,
    private readonly clock: Clock,
  ) {
    super(hourMs);
  }

  async execute(): Promise<void> {
    const now = this.clock.now();
    await this.unitOfWork.run((tx) => this.keys.forget(tx, now));
    await this.unitOfWork.run((tx) => this.nodes.forgetSilentSince(tx, new Date(now.getTime() - day)));
  }
}
