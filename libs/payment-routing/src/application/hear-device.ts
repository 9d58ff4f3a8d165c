import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';
import type { DeviceMessage } from '../domain/device-message.js';
import type { Payment } from '../domain/payment.js';
import { CardTransactionRepository } from '../infrastructure/card-transaction.repository.js';
import { PaymentRepository } from '../infrastructure/payment.repository.js';
import { type ReportedResult, ReportedResults } from '../infrastructure/reported-results.js';
import { DeviceMail } from './device-mail.js';
import { HearOfStranger } from './hear-of-stranger.js';
import type { Heard } from './heard.js';
import { keepContradiction } from './keep-contradiction.js';
import { replyFrame } from './payment-frames.js';

/** Takes one message of a device about one payment: decides, stores, and answers after the commit. */
@Injectable()
export class HearDevice {
  constructor(
    private readonly payments: PaymentRepository,
    private readonly transactions: CardTransactionRepository,
    private readonly reports: ReportedResults,
    private readonly stranger: HearOfStranger,
    private readonly mail: DeviceMail,
  ) {}

  /** True when the device may forget the payment. A payment matches by device, whatever the device's present account. */
  async execute(tx: Tx, heard: Heard, message: DeviceMessage): Promise<boolean> {
    const payment = await this.payments.ofDevice(tx, heard.deviceId, heard.paymentId);
    if (!payment) return this.stranger.execute(tx, heard, message);
    const at = this.mail.now();
    const before = payment.state;
    const { reply, conflict } = payment.hear(message, at, await this.isDeviceTaken(tx, payment));
    if (message.type === 'result') {
      const report = {
        deviceId: heard.deviceId,
        paymentId: payment.id,
        result: message.result,
        arrivedAt: heard.at,
        at,
      };
      await this.keepResult(tx, payment, report, conflict);
    }
    if (payment.state !== before || payment.recorded.length > 0) {
      await this.payments.save(tx, payment);
      this.mail.wake(tx, payment.id);
    }
    const frame = replyFrame(reply, payment, at);
    if (frame && heard.from) this.mail.send(tx, heard.from, frame);
    return reply === 'settled';
  }

  /** An unknown payment does not block its device, so it may come back to find another one there. */
  private async isDeviceTaken(tx: Tx, payment: Payment): Promise<boolean> {
    return payment.state.status === 'unknown' && (await this.payments.isDeviceTaken(tx, payment));
  }

  /**
   * The card transaction of a result is stored once, also when it contradicts; a repeat finds it there. One that a human
   * has made learns its card.
   */
  private async keepResult(tx: Tx, payment: Payment, report: ReportedResult, conflict: boolean): Promise<void> {
    const { result, at } = report;
    const isNew = await this.reports.keep(tx, report);
    if (!isNew || !payment.isFinal) return;
    const { transactionId } = payment.state;
    if (!conflict && transactionId !== null) {
      await this.transactions.complete(tx, payment.state.accountId, transactionId, result);
      return;
    }
    if (conflict) await keepContradiction(tx, this.transactions, payment, result, at);
    else if (result.outcome !== 'failed')
      payment.linkTransaction(await this.transactions.insert(tx, payment, result, at));
  }
}
