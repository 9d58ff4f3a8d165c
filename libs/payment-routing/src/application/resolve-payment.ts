import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#database';
import { Outbox } from '#messaging';
import type { PaymentResult } from '../domain/device-message.js';
import { PaymentNotFoundError } from '../domain/payment-routing.errors.js';
import type { Payment } from '../domain/payment.js';
import { CardTransactionRepository } from '../infrastructure/card-transaction.repository.js';
import { PaymentRepository } from '../infrastructure/payment.repository.js';
import { type Resolution, Resolutions } from '../infrastructure/resolutions.js';
import { resolved } from './published-events.js';
import { TellEnded } from './tell-ended.js';

/** Settles an unknown payment by what a human found out, for example from the acquirer; who and why is kept. */
@Injectable()
export class ResolvePayment {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly payments: PaymentRepository,
    private readonly transactions: CardTransactionRepository,
    private readonly resolutions: Resolutions,
    private readonly tellEnded: TellEnded,
    private readonly outbox: Outbox,
  ) {}

  /** Rejects with `payment_not_found` and `not_unknown`. */
  async execute(order: Resolution): Promise<void> {
    const { accountId, paymentId, outcome } = order;
    await this.unitOfWork.run(async (tx) => {
      const payment = await this.payments.ofAccount(tx, accountId, paymentId);
      if (!payment) throw new PaymentNotFoundError();
      const at = this.tellEnded.now();
      payment.resolve(outcome, at);
      await this.resolutions.keep(tx, order, at);
      await this.outbox.append(tx, [resolved(order, at)]);
      if (outcome !== 'failed')
        payment.linkTransaction(await this.transactions.insert(tx, payment, resultOf(payment, order), at));
      await this.payments.save(tx, payment);
      await this.tellEnded.execute(tx, [payment]);
    });
  }
}

/** As much of a result as a human knows: the card is the device's to tell. */
function resultOf({ chargedAmount, state }: Payment, { outcome, approvalCode }: Resolution): PaymentResult {
  const { attempt, tip, currency, entryMode } = state;
  const charged = { attempt, amount: chargedAmount, tip, currency, entryMode };
  return {
    outcome,
    ...charged,
    card: null,
    approvalCode,
    declineReason: outcome === 'declined' ? 'by_operator' : null,
  };
}
