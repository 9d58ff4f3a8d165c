import { Controller } from '@nestjs/common';
import { DeviceConnected, type EventOf } from '#contracts';
import type { Tx } from '#database';
import { Clock } from '#kernel';
import { On } from '#messaging';
import { DeviceStatuses } from '../infrastructure/device-statuses.js';
import { Nodes } from '../infrastructure/nodes.js';
import { ChangeDevice } from './change-device.js';
import { connectionOf, factOf } from './gateway-fact.js';
import { TellDevice } from './tell-device.js';

@Controller()
export class OnDeviceConnected {
  constructor(
    private readonly changeDevice: ChangeDevice,
    private readonly tell: TellDevice,
    private readonly nodes: Nodes,
    private readonly statuses: DeviceStatuses,
    private readonly clock: Clock,
  ) {}

  @On(DeviceConnected, 'pairing')
  async handle(event: EventOf<typeof DeviceConnected>, tx: Tx): Promise<void> {
    const seenAt = this.clock.now();
    await this.nodes.begin(tx, event.data.node, seenAt);
    await this.changeDevice.execute(tx, factOf(event), (device) => {
      const older = device.connect(connectionOf(event.data), new Date(event.occurredAt));
      if (older) this.tell.superseded(tx, older);
    });
    await this.statuses.connected(tx, { ...event.data, saidAt: event.occurredAt, seenAt });
  }
}
