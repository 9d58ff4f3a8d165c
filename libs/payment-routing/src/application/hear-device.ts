import { Injectable, Logger } from '@nestjs/common';
import type { Tx } from '#database';
import { newId } from '#kernel';
import type { DeviceMessage, PaymentResult } from '../domain/device-message.js';
import type { Payment } from '../domain/payment.js';
import { CardTransactionRepository } from '../infrastructure/card-transaction.repository.js';
import { PaymentRepository } from '../infrastructure/payment.repository.js';
import { ReportedResults } from '../infrastructure/reported-results.js';
import { type Address, DeviceMail } from './device-mail.js';
import { replyFrame } from './payment-frames.js';

export interface Heard {
  readonly deviceId: string;
  readonly paymentId: string;
  /** Null when it came without a connection, by HTTPS. */
  readonly from: Address | null;
}

/** Takes one message of a device about one payment: decides, stores, and answers after the commit. */
@Injectable()
export class HearDevice {
  private readonly logger = new Logger(HearDevice.name);

  constructor(
    private readonly payments: PaymentRepository,
    private readonly transactions: CardTransactionRepository,
    private readonly reports: ReportedResults,
    private readonly mail: DeviceMail,
  ) {}

  /** True when the device may forget the payment. A payment matches by device, whatever the device's present account. */
  async execute(tx: Tx, heard: Heard, message: DeviceMessage): Promise<boolean> {
    const payment = await this.payments.ofDevice(tx, heard.deviceId, heard.paymentId);
    if (!payment) return this.hearStranger(tx, heard, message);
    const at = this.mail.now();
    const before = payment.state;
    const { reply, conflict } = payment.hear(message, at);
    if (message.type === 'result') await this.keepResult(tx, payment, message.result, conflict, at);
    if (payment.state !== before || payment.recorded.length > 0) {
      await this.payments.save(tx, payment);
      this.mail.wake(tx, payment.id);
    }
    const frame = replyFrame(reply, payment, at);
    if (frame && heard.from) this.mail.send(tx, heard.from, frame);
    return reply === 'settled';
  }

  /** The card transaction of a result is stored once, also when it contradicts; a repeat finds it there. */
  private async keepResult(
    tx: Tx,
    payment: Payment,
    result: PaymentResult,
    conflict: boolean,
    at: Date,
  ): Promise<void> {
    const { deviceId, status } = payment.state;
    const isNew = await this.reports.keep(tx, { deviceId, paymentId: payment.id, result, at });
    if (!isNew) return;
    const became = status === result.outcome && !conflict;
    if (!became && !conflict) return;
    const transactionId = result.outcome === 'failed' ? null : await this.transactions.insert(tx, payment, result, at);
    if (conflict) payment.noteConflict(result.outcome, transactionId, at);
    else if (transactionId !== null) payment.linkTransaction(transactionId);
  }

  /** A payment that the platform does not have, after a restored backup: its result is kept, and the prompt taken away. */
  private async hearStranger(tx: Tx, { deviceId, paymentId, from }: Heard, message: DeviceMessage): Promise<boolean> {
    const isResult = message.type === 'result';
    if (isResult) {
      await this.reports.keep(tx, { deviceId, paymentId, result: message.result, at: this.mail.now() });
      this.logger.error(`device ${deviceId} reported a result for payment ${paymentId}, which is not known here`);
    }
    const about = { id: newId(), paymentId };
    const withdraw = { type: 'payment.withdraw', ...about, reason: 'not_known' } as const;
    if (from) this.mail.send(tx, from, isResult ? { type: 'payment.settled', ...about } : withdraw);
    return isResult;
  }
}
