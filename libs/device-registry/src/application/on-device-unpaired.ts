import { Controller } from '@nestjs/common';
import { DeviceUnpaired, type EventOf } from '#contracts';
import type { Tx } from '#database';
import { Clock } from '#kernel';
import { On } from '#messaging';
import { DeviceRepository } from '../infrastructure/device.repository.js';

/** A device without its code has no session: its next log-in gets a new one. */
@Controller()
export class OnDeviceUnpaired {
  constructor(
    private readonly devices: DeviceRepository,
    private readonly clock: Clock,
  ) {}

  @On(DeviceUnpaired, 'device-registry')
  async handle(event: EventOf<typeof DeviceUnpaired>, tx: Tx): Promise<void> {
    const device = await this.devices.get(tx, event.data.deviceId);
    device.endSession('unpaired', this.clock.now());
    await this.devices.save(tx, device);
  }
}
