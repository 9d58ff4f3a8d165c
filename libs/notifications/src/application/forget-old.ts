import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#database';
import { Clock } from '#kernel';
import { hourMs, Sweeper } from '#messaging';
import { Forgotten } from '../infrastructure/forgotten.js';

/** How long deliveries are kept; how long events are, the account says. */
const deliveriesKeptMs = 30 * 24 * hourMs;

/** Once an hour: removes what is older than is kept. Harmless in many processes. */
@Injectable()
export class ForgetOld extends Sweeper {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly forgotten: Forgotten,
    private readonly clock: Clock,
  ) {
    super(hourMs);
  }

  async execute(): Promise<void> {
    const now = this.clock.now();
    await this.unitOfWork.run((tx) => this.forgotten.events(tx, now));
    const before = new Date(now.getTime() - deliveriesKeptMs);
    await this.unitOfWork.run((tx) => this.forgotten.deliveries(tx, before));
  }
}
