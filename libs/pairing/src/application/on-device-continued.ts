import { Controller } from '@nestjs/common';
import { DeviceContinued, type EventOf } from '#contracts';
import type { Tx } from '#database';
import { On } from '#messaging';
import { ChangeDevice } from './change-device.js';

@Controller()
export class OnDeviceContinued {
  constructor(private readonly changeDevice: ChangeDevice) {}

  @On(DeviceContinued, 'pairing')
  async handle({ data }: EventOf<typeof DeviceContinued>, tx: Tx): Promise<void> {
    await this.changeDevice.execute(tx, data, (device, at) => {
      device.pressContinue(at);
    });
  }
}
