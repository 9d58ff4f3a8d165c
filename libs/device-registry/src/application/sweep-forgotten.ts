import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#database';
import { Clock } from '#kernel';
import { hourMs, Sweeper } from '#messaging';
import { DeviceRepository } from '../infrastructure/device.repository.js';
import { SetUpCodes } from '../infrastructure/set-up-codes.js';

const keptForMs = 24 * hourMs;

/** Once an hour: removes devices that nobody bound to an account within a day, and set-up codes of the day before. Harmless in many processes. */
@Injectable()
export class SweepForgotten extends Sweeper {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly devices: DeviceRepository,
    private readonly setUpCodes: SetUpCodes,
    private readonly clock: Clock,
  ) {
    super(hourMs);
  }

  async execute(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - keptForMs);
    await this.unitOfWork.run(async (tx) => {
      await this.devices.removeUnbound(tx, before);
      await this.setUpCodes.removeOld(tx, before);
    });
  }
}
