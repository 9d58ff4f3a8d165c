import { Controller } from '@nestjs/common';
import { type EventOf, PaymentReceivedOnDevice } from '#contracts';
import type { Tx } from '#database';
import { On } from '#messaging';
import { HearDevice } from './hear-device.js';
import { heardFrom } from './heard.js';

@Controller()
export class OnPaymentReceivedOnDevice {
  constructor(private readonly hearDevice: HearDevice) {}

  @On(PaymentReceivedOnDevice, 'payment-routing')
  async handle(event: EventOf<typeof PaymentReceivedOnDevice>, tx: Tx): Promise<void> {
    await this.hearDevice.execute(tx, heardFrom(event), { type: 'received' });
  }
}
