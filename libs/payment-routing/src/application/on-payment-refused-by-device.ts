import { Controller } from '@nestjs/common';
import { type DataOf, type EventOf, PaymentRefusedByDevice } from '#contracts';
import type { Tx } from '#database';
import { On } from '#messaging';
import type { DeviceMessage } from '../domain/device-message.js';
import { HearDevice } from './hear-device.js';
import { heardFrom } from './heard.js';
import { SettleHeldPayment } from './settle-held-payment.js';

/** Busy is no end: the platform settles what the device still holds, and asks again by its timetable. */
@Controller()
export class OnPaymentRefusedByDevice {
  constructor(
    private readonly hearDevice: HearDevice,
    private readonly settleHeldPayment: SettleHeldPayment,
  ) {}

  @On(PaymentRefusedByDevice, 'payment-routing')
  async handle(event: EventOf<typeof PaymentRefusedByDevice>, tx: Tx): Promise<void> {
    const { data } = event;
    const heard = heardFrom(event);
    await this.hearDevice.execute(tx, heard, messageOf(data));
    if (data.reason === 'busy') await this.settleHeldPayment.execute(tx, heard, data.heldPaymentId);
  }
}

function messageOf({ reason, attempt }: DataOf<typeof PaymentRefusedByDevice>): DeviceMessage {
  return reason === 'expired' ? { type: reason, attempt } : { type: reason };
}
