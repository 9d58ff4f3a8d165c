import { Controller } from '@nestjs/common';
import { type EventOf, PaymentResultReported } from '#contracts';
import type { Tx } from '#database';
import { On } from '#messaging';
import { resultMessage } from '../domain/device-message.js';
import { HearDevice } from './hear-device.js';
import { heardFrom } from './heard.js';

@Controller()
export class OnPaymentResultReported {
  constructor(private readonly hearDevice: HearDevice) {}

  @On(PaymentResultReported, 'payment-routing')
  async handle(event: EventOf<typeof PaymentResultReported>, tx: Tx): Promise<void> {
    await this.hearDevice.execute(tx, heardFrom(event), resultMessage(event.data));
  }
}
