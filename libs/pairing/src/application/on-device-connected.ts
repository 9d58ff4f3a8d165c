import { Controller } from '@nestjs/common';
import { DeviceConnected, type EventOf } from '#contracts';
import type { Tx } from '#database';
import { Clock } from '#kernel';
import { On } from '#messaging';
import { DeviceStatuses } from '../infrastructure/device-statuses.js';
import { Nodes } from '../infrastructure/nodes.js';
import { ChangeDevice } from './change-device.js';

@Controller()
export class OnDeviceConnected {
  constructor(
    private readonly changeDevice: ChangeDevice,
    private readonly nodes: Nodes,
    private readonly statuses: DeviceStatuses,
    private readonly clock: Clock,
  ) {}

  @On(DeviceConnected, 'pairing')
  async handle({ data }: EventOf<typeof DeviceConnected>, tx: Tx): Promise<void> {
    const at = this.clock.now();
    await this.nodes.seen(tx, data.node, at);
    await this.changeDevice.execute(tx, data, (device) => {
      device.connect(data, at);
    });
    await this.statuses.put(tx, data.deviceId, { connectionId: data.connectionId, screen: data.screen, at });
  }
}
