import { Controller } from '@nestjs/common';
import { DeviceDisconnected, type EventOf } from '#contracts';
import type { Tx } from '#database';
import { On } from '#messaging';
import { ChangeDevice } from './change-device.js';

@Controller()
export class OnDeviceDisconnected {
  constructor(private readonly changeDevice: ChangeDevice) {}

  @On(DeviceDisconnected, 'pairing')
  async handle({ data }: EventOf<typeof DeviceDisconnected>, tx: Tx): Promise<void> {
    await this.changeDevice.execute(tx, data, (device, at) => {
      device.disconnect(data, at);
    });
  }
}
