import { Controller } from '@nestjs/common';
import { type EventOf, PaymentCancelledOnDevice } from '#contracts';
import type { Tx } from '#database';
import { On } from '#messaging';
import { HearDevice } from './hear-device.js';
import { heardFrom } from './heard.js';

@Controller()
export class OnPaymentCancelledOnDevice {
  constructor(private readonly hearDevice: HearDevice) {}

  @On(PaymentCancelledOnDevice, 'payment-routing')
  async handle(event: EventOf<typeof PaymentCancelledOnDevice>, tx: Tx): Promise<void> {
    await this.hearDevice.execute(tx, heardFrom(event), {
      type: 'cancelled',
      attempt: event.data.attempt,
      by: event.data.by,
    });
  }
}
