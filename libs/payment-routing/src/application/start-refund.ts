import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';
import { InvalidFieldError, Money } from '#kernel';
import { RefundTooHighError } from '../domain/payment-routing.errors.js';
import type { Original } from '../domain/payment.js';
import { OriginalTransactions } from '../infrastructure/original-transactions.js';
import { AcceptPayment, type PaymentOrder, type Started } from './accept-payment.js';

/** A refund as ordered; the amount is checked against the original only when it is accepted. */
export interface RefundOrder extends PaymentOrder {
  readonly originalTransactionId: number;
}

@Injectable()
export class StartRefund {
  constructor(
    private readonly accept: AcceptPayment,
    private readonly originals: OriginalTransactions,
  ) {}

  /** Rejects as AcceptPayment does: where the original is asked, with `invalid_field` for it and with `refund_too_high`. */
  execute(order: RefundOrder): Promise<Started> {
    return this.accept.execute(order, (tx) => this.take(tx, order));
  }

  /** The original stays locked until the commit, so that two refunds at once cannot give back more than it was. */
  private async take(tx: Tx, { accountId, originalTransactionId, amount, currency }: RefundOrder): Promise<Original> {
    const found = await this.originals.lock(tx, accountId, originalTransactionId);
    if (found?.currency !== currency) {
      throw new InvalidFieldError('originalTransactionId', 'is not an approved purchase of this account');
    }
    const left = Math.max(0, found.amount - (await this.originals.givenBack(tx, accountId, originalTransactionId)));
    if (amount > left) throw new RefundTooHighError(Money.ofMinor(left, currency).toDecimal());
    const { cardToken, firstSix, lastFour } = found;
    return { transactionId: originalTransactionId, cardToken, cardNumber: firstSix + lastFour };
  }
}
