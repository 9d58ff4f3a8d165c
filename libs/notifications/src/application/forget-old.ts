import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { UnitOfWork } from '#database';
import { Clock } from '#kernel';
import { RepeatingTask } from '#messaging';
import { Forgotten } from '../infrastructure/forgotten.js';

const hour = 60 * 60_000;
/** How long deliveries are kept; how long events are, the account says. */
const deliveriesKeptMs = 30 * 24 * hour;

/** Once an hour: removes what is older than is kept. Harmless in many processes. */
@Injectable()
export class ForgetOld implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly sweeper = new RepeatingTask('forget old events', hour, () => this.execute());

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly forgotten: Forgotten,
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
    await this.unitOfWork.run((tx) => this.forgotten.events(tx, now));
    const before = new Date(now.getTime() - deliveriesKeptMs);
    await this.unitOfWork.run((tx) => this.forgotten.deliveries(tx, before));
  }
}
