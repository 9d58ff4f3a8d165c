import { Controller } from '@nestjs/common';
import { DevicesHeld, type EventOf } from '#contracts';
import type { Tx } from '#database';
import { On } from '#messaging';
import { PairedDeviceRepository } from '../infrastructure/paired-device.repository.js';
import { ChangeDevice } from './change-device.js';

/** A gateway tells again whom it holds; only what this context does not know yet changes anything. */
@Controller()
export class OnDevicesHeld {
  constructor(
    private readonly devices: PairedDeviceRepository,
    private readonly changeDevice: ChangeDevice,
  ) {}

  @On(DevicesHeld, 'pairing')
  async handle({ data }: EventOf<typeof DevicesHeld>, tx: Tx): Promise<void> {
    const news = await this.devices.unknownConnections(tx, data.connections);
    for (const connection of news) {
      await this.changeDevice.execute(tx, connection, (device, at) => {
        device.connect(connection, at);
      });
    }
  }
}
