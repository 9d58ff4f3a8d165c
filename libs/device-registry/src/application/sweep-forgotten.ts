import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { UnitOfWork } from '#database';
import { Clock } from '#kernel';
import { RepeatingTask } from '#messaging';
import { DeviceRepository } from '../infrastructure/device.repository.js';
import { SetUpCodes } from '../infrastructure/set-up-codes.js';

const hour = 60 * 60_000;
const keptForMs = 24 * hour;

/** Once an hour: removes devices that nobody bound to an account within a day, and set-up codes of the day before. Harmless in many processes. */
@Injectable()
export class SweepForgotten implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly sweeper = new RepeatingTask(SweepForgotten.name, hour, () => this.execute());

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly devices: DeviceRepository,
    private readonly setUpCodes: SetUpCodes,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.sweeper.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.sweeper.stop();
  }

  async execute(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - keptForMs);
    await this.unitOfWork.run(async (tx) => {
      await this.devices.removeUnbound(tx, before);
      await this.setUpCodes.removeOld(tx, before);
    });
  }
}
