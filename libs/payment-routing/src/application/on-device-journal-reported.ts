import { Controller } from '@nestjs/common';
import { DeviceJournalReported, type EventOf } from '#contracts';
import type { Tx } from '#database';
import { newId } from '#kernel';
import { On } from '#messaging';
import type { Payment } from '../domain/payment.js';
import { PaymentRepository } from '../infrastructure/payment.repository.js';
import { type Address, DeviceMail } from './device-mail.js';
import { replyFrame, requestFrame } from './payment-frames.js';

/** So long after its end a payment is withdrawn again from a device that connects. */
const recentMs = 15 * 60_000;

/** A device is there again: both sides tell what they have, and nothing that was in flight is needed. */
@Controller()
export class OnDeviceJournalReported {
  constructor(
    private readonly payments: PaymentRepository,
    private readonly mail: DeviceMail,
  ) {}

  @On(DeviceJournalReported, 'payment-routing')
  async handle({ data }: EventOf<typeof DeviceJournalReported>, tx: Tx): Promise<void> {
    const at = this.mail.now();
    const address = { node: data.node, connectionId: data.connectionId };
    const unsettled = new Map(data.unsettled.map((entry) => [entry.paymentId, entry]));
    const since = new Date(at.getTime() - recentMs);
    const known = await this.payments.toReconcile(tx, data.deviceId, [...unsettled.keys()], since);
    for (const payment of known) {
      if (data.journalLost) await this.forget(tx, payment, at);
      this.speakOf(tx, address, payment, unsettled.get(payment.id)?.stage, at);
      unsettled.delete(payment.id);
    }
    for (const { paymentId, stage } of unsettled.values()) {
      if (stage === 'result') continue;
      this.mail.send(tx, address, { type: 'payment.withdraw', id: newId(), paymentId, reason: 'not_known' });
    }
  }

  /** An open payment is asked for: the device answers with its stage. A result comes by itself; what ended is taken away. */
  private speakOf(tx: Tx, address: Address, payment: Payment, stage: string | undefined, at: Date): void {
    if (!payment.isFinal) this.mail.send(tx, address, requestFrame(payment));
    else if (stage !== 'result') {
      const ended = stage === undefined || stage === 'received' || stage === 'begun';
      const frame = replyFrame(ended ? 'withdraw' : 'settled', payment, at);
      if (frame) this.mail.send(tx, address, frame);
    }
  }

  /** A device that lost its journal cannot tell what became of a charge. */
  private async forget(tx: Tx, payment: Payment, at: Date): Promise<void> {
    payment.hear({ type: 'journal_lost' }, at);
    if (payment.recorded.length === 0) return;
    await this.payments.save(tx, payment);
    this.mail.wake(tx, payment.id);
  }
}
