import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';
import { newId } from '#kernel';
import { PaymentRepository } from '../infrastructure/payment.repository.js';
import { DeviceMail } from './device-mail.js';
import type { Heard } from './heard.js';
import { replyFrame, requestFrame } from './payment-frames.js';

/** Helps a device that is busy with another payment: what ended is taken off its screen, what is open is asked for. */
@Injectable()
export class SettleHeldPayment {
  constructor(
    private readonly payments: PaymentRepository,
    private readonly mail: DeviceMail,
  ) {}

  async execute(tx: Tx, { deviceId, from }: Heard, heldPaymentId: string | null): Promise<void> {
    if (heldPaymentId === null || from === null) return;
    const held = await this.payments.ofDevice(tx, deviceId, heldPaymentId);
    const unknown = { type: 'payment.withdraw', id: newId(), paymentId: heldPaymentId, reason: 'not_known' } as const;
    if (!held) this.mail.send(tx, from, unknown);
    else if (!held.isFinal) this.mail.send(tx, from, requestFrame(held));
    else {
      const frame = replyFrame('withdraw', held, this.mail.now());
      if (frame) this.mail.send(tx, from, frame);
    }
  }
}
