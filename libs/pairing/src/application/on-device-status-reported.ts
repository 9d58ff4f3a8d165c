import { Controller } from '@nestjs/common';
import { DeviceStatusReported, type EventOf } from '#contracts';
import type { Tx } from '#database';
import { Clock } from '#kernel';
import { On } from '#messaging';
import { DeviceStatuses } from '../infrastructure/device-statuses.js';

/** What the device tells of itself while it is connected. */
@Controller()
export class OnDeviceStatusReported {
  constructor(
    private readonly statuses: DeviceStatuses,
    private readonly clock: Clock,
  ) {}

  @On(DeviceStatusReported, 'pairing')
  async handle({ data, occurredAt }: EventOf<typeof DeviceStatusReported>, tx: Tx): Promise<void> {
    await this.statuses.reported(tx, { ...data, saidAt: occurredAt, seenAt: this.clock.now() });
  }
}
