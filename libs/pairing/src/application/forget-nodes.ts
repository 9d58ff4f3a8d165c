import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#database';
import { Clock } from '#kernel';
import { hourMs, Sweeper } from '#messaging';
import { Nodes } from '../infrastructure/nodes.js';

const day = 24 * hourMs;

/** Each start of a gateway is a new node: once an hour, those that are gone for a day are forgotten. Harmless in many processes. */
@Injectable()
export class ForgetNodes extends Sweeper {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly nodes: Nodes,
    private readonly clock: Clock,
  ) {
    super(hourMs);
  }

  async execute(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - day);
    await this.unitOfWork.run((tx) => this.nodes.forgetSilentSince(tx, before));
  }
}
