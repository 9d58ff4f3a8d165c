import { Controller } from '@nestjs/common';
import { DevicesHeld, type EventOf } from '#contracts';
import type { Tx } from '#database';
import { On } from '#messaging';
import { PairedDeviceRepository } from '../infrastructure/paired-device.repository.js';
import { ChangeDevice } from './change-device.js';
import { connectionOf } from './gateway-fact.js';
import { TellDevice } from './tell-device.js';

/** A gateway tells again whom it holds. What was missed is made good, in both directions: a frame that got lost is said again. */
@Controller()
export class OnDevicesHeld {
  constructor(
    private readonly devices: PairedDeviceRepository,
    private readonly changeDevice: ChangeDevice,
    private readonly tell: TellDevice,
  ) {}

  @On(DevicesHeld, 'pairing')
  async handle({ data, occurredAt }: EventOf<typeof DevicesHeld>, tx: Tx): Promise<void> {
    const at = new Date(occurredAt);
    const news = await this.devices.newerConnections(tx, data.connections);
    // One after another in one order, so that two such events never wait for each other in a circle.
    for (const held of news.sort((one, other) => (one.deviceId < other.deviceId ? -1 : 1))) {
      const { deviceId, accountId } = held;
      await this.changeDevice.execute(tx, { deviceId, accountId, at }, (device) => {
        const older = device.connect(connectionOf(held), at);
        if (older) this.tell.superseded(tx, older);
      });
    }
    const known = data.connections.filter((held) => !news.includes(held));
    const there = await this.devices.onConnections(tx, known);
    await this.tell.standing(tx, there);
    const current = new Set(there.map(({ liveConnection }) => liveConnection?.connectionId));
    for (const held of known) if (!current.has(held.connectionId)) this.tell.superseded(tx, connectionOf(held));
  }
}
