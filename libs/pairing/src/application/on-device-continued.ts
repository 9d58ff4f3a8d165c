import { Controller } from '@nestjs/common';
import { DeviceContinued, type EventOf } from '#contracts';
import type { Tx } from '#database';
import { On } from '#messaging';
import { ChangeDevice } from './change-device.js';
import { factOf } from './gateway-fact.js';

@Controller()
export class OnDeviceContinued {
  constructor(private readonly changeDevice: ChangeDevice) {}

  @On(DeviceContinued, 'pairing')
  async handle(event: EventOf<typeof DeviceContinued>, tx: Tx): Promise<void> {
    const fact = factOf(event);
    await this.changeDevice.execute(tx, fact, (device) => {
      device.pressContinue(fact.accountId, event.data.sessionNumber, fact.at);
    });
  }
}
