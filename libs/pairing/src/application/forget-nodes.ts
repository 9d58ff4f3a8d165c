import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { UnitOfWork } from '#database';
import { Clock } from '#kernel';
import { RepeatingTask } from '#messaging';
import { Nodes } from '../infrastructure/nodes.js';

const hour = 60 * 60_000;
const day = 24 * hour;

/** Each start of a gateway is a new node: once an hour, those that are gone for a day are forgotten. Harmless in many processes. */
@Injectable()
export class ForgetNodes implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly sweeper = new RepeatingTask(ForgetNodes.name, hour, () => this.execute());

  constructor(
    private readonly unitOfWork: UnitOfWork,
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
    const before = new Date(this.clock.now().getTime() - day);
    await this.unitOfWork.run((tx) => this.nodes.forgetSilentSince(tx, before));
  }
}
