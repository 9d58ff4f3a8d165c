import { Controller } from '@nestjs/common';
import {
  AttemptNotStarted,
  CardPresented,
  type EventOf,
  PaymentCancelledOnDevice,
  PaymentReceivedOnDevice,
  PaymentRefusedByDevice,
  PaymentResultReported,
  PaymentShownOnDevice,
} from '#contracts';
import type { Tx } from '#database';
import { On } from '#messaging';
import { HearDevice, type Heard } from './hear-device.js';
import { SettleHeldPayment } from './settle-held-payment.js';

const subscriber = 'payment-routing';

/** What devices say of payments, as the gateway reports it. */
@Controller()
export class OnPaymentMessage {
  constructor(
    private readonly hearDevice: HearDevice,
    private readonly settleHeldPayment: SettleHeldPayment,
  ) {}

  @On(PaymentReceivedOnDevice, subscriber)
  async received({ data }: EventOf<typeof PaymentReceivedOnDevice>, tx: Tx): Promise<void> {
    await this.hearDevice.execute(tx, from(data), { type: 'received' });
  }

  @On(PaymentShownOnDevice, subscriber)
  async shown({ data }: EventOf<typeof PaymentShownOnDevice>, tx: Tx): Promise<void> {
    await this.hearDevice.execute(tx, from(data), { type: 'shown' });
  }

  @On(CardPresented, subscriber)
  async cardPresented({ data }: EventOf<typeof CardPresented>, tx: Tx): Promise<void> {
    const { attempt, tip, entryMode } = data;
    await this.hearDevice.execute(tx, from(data), { type: 'begin', attempt, tip, entryMode });
  }

  @On(AttemptNotStarted, subscriber)
  async notStarted({ data }: EventOf<typeof AttemptNotStarted>, tx: Tx): Promise<void> {
    await this.hearDevice.execute(tx, from(data), { type: 'not_started', attempt: data.attempt });
  }

  @On(PaymentResultReported, subscriber)
  async result({ data }: EventOf<typeof PaymentResultReported>, tx: Tx): Promise<void> {
    await this.hearDevice.execute(tx, from(data), { type: 'result', result: data });
  }

  @On(PaymentCancelledOnDevice, subscriber)
  async cancelled({ data }: EventOf<typeof PaymentCancelledOnDevice>, tx: Tx): Promise<void> {
    await this.hearDevice.execute(tx, from(data), { type: 'cancelled', attempt: data.attempt, by: data.by });
  }

  /** Busy is no end: the platform settles what the device still holds, and asks again by its timetable. */
  @On(PaymentRefusedByDevice, subscriber)
  async refused({ data }: EventOf<typeof PaymentRefusedByDevice>, tx: Tx): Promise<void> {
    switch (data.reason) {
      case 'busy':
        await this.settleHeldPayment.execute(tx, from(data), data.heldPaymentId);
        break;
      case 'expired':
        await this.hearDevice.execute(tx, from(data), { type: 'expired', attempt: data.attempt });
        break;
      case 'unsupported':
        await this.hearDevice.execute(tx, from(data), { type: 'unsupported' });
        break;
    }
  }
}

const from = ({
  deviceId,
  paymentId,
  node,
  connectionId,
}: Omit<Heard, 'from'> & NonNullable<Heard['from']>): Heard => ({
  deviceId,
  paymentId,
  from: { node, connectionId },
});
