import { Controller } from '@nestjs/common';
import { type EventOf, PaymentShownOnDevice } from '#contracts';
import type { Tx } from '#database';
import { On } from '#messaging';
import { HearDevice } from './hear-device.js';
import { heardFrom } from './heard.js';

@Controller()
export class OnPaymentShownOnDevice {
  constructor(private readonly hearDevice: HearDevice) {}

  @On(PaymentShownOnDevice, 'payment-routing')
  async handle(event: EventOf<typeof PaymentShownOnDevice>, tx: Tx): Promise<void> {
    await this.hearDevice.execute(tx, heardFrom(event), { type: 'shown' });
  }
}
