import { Controller } from '@nestjs/common';
import { DeviceUnpaired, type EventOf } from '#contracts';
import type { Tx } from '#database';
import { Clock } from '#kernel';
import { On } from '#messaging';
import { DeviceRepository } from '../infrastructure/device.repository.js';

/** A device without its code has no session: its next log-in gets a new one. A session that came after the unpairing is that next log-in. */
@Controller()
export class OnDeviceUnpaired {
  constructor(
    private readonly devices: DeviceRepository,
    private readonly clock: Clock,
  ) {}

  @On(DeviceUnpaired, 'device-registry')
  async handle(event: EventOf<typeof DeviceUnpaired>, tx: Tx): Promise<void> {
    const { deviceId, accountId } = event.data;
    const device = await this.devices.find(tx, deviceId);
    if (device?.state.accountId !== accountId) return;
    device.endSessionBefore(new Date(event.occurredAt), 'unpaired', this.clock.now());
    await this.devices.save(tx, device);
  }
}
