import { Controller } from '@nestjs/common';
import { DeviceStatusReported, type EventOf, PingShown } from '#contracts';
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
  async status({ data }: EventOf<typeof DeviceStatusReported>, tx: Tx): Promise<void> {
    const { deviceId, connectionId, screen, battery, network } = data;
    await this.statuses.put(tx, deviceId, { connectionId, screen, battery, network, at: this.clock.now() });
  }

  @On(PingShown, 'pairing')
  async pingShown({ data }: EventOf<typeof PingShown>, tx: Tx): Promise<void> {
    await this.statuses.put(tx, data.deviceId, { connectionId: data.connectionId, at: this.clock.now() });
  }
}
