import { Controller } from '@nestjs/common';
import { DeviceDisconnected, type EventOf } from '#contracts';
import type { Tx } from '#database';
import { On } from '#messaging';
import { ChangeDevice } from './change-device.js';
import { connectionOf, factOf } from './gateway-fact.js';

@Controller()
export class OnDeviceDisconnected {
  constructor(private readonly changeDevice: ChangeDevice) {}

  @On(DeviceDisconnected, 'pairing')
  async handle(event: EventOf<typeof DeviceDisconnected>, tx: Tx): Promise<void> {
    await this.changeDevice.execute(tx, factOf(event), (device) => {
      device.disconnect(connectionOf(event.data), new Date(event.occurredAt));
    });
  }
}
