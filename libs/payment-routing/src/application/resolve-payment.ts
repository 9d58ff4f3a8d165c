import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#database';
import { displayText, withoutCardNumber } from '#kernel';
import { Outbox } from '#messaging';
import type { PaymentResult } from '../domain/device-message.js';
import { PaymentNotFoundError } from '../domain/payment-routing.errors.js';
import type { Payment } from '../domain/payment.js';
import { CardTransactionRepository } from '../infrastructure/card-transaction.repository.js';
import { PaymentRepository } from '../infrastructure/payment.repository.js';
import { ReportedResults } from '../infrastructure/reported-results.js';
import { type Resolution, Resolutions } from '../infrastructure/resolutions.js';
import { keepContradiction } from './keep-contradiction.js';
import { resolved } from './published-events.js';
import { TellEnded } from './tell-ended.js';

const mostReason = 200;

/** Settles an unknown payment by what a human found out, for example from the acquirer; who and why is kept. */
@Injectable()
export class ResolvePayment {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly payments: PaymentRepository,
    private readonly transactions: CardTransactionRepository,
    private readonly reports: ReportedResults,
    private readonly resolutions: Resolutions,
    private readonly tellEnded: TellEnded,
    private readonly outbox: Outbox,
  ) {}

  /** Rejects with `payment_not_found`, `not_unknown`, `invalid_field` and `card_data_not_allowed`. */
  async execute(typed: Resolution): Promise<void> {
    const order = { ...typed, reason: withoutCardNumber(displayText(typed.reason, 'reason', mostReason), 'reason') };
    const { accountId, paymentId, outcome } = order;
    await this.unitOfWork.run(async (tx) => {
      const payment = await this.payments.ofAccount(tx, accountId, paymentId);
      if (!payment) throw new PaymentNotFoundError();
      const at = this.tellEnded.now();
      payment.resolve(outcome, at);
      await this.resolutions.keep(tx, order, at);
      await this.outbox.append(tx, [resolved(order, at)]);
      const reported = await this.reports.newest(tx, payment.state.deviceId, paymentId);
      if (outcome !== 'failed') {
        const result = resultOf(payment, order, reported?.outcome === outcome ? reported : null);
        payment.linkTransaction(await this.transactions.insert(tx, payment, result, at));
      }
      // A device that charged another amount than it was told has said so, and will not say it again.
      if (reported && reported.outcome !== outcome)
        await keepContradiction(tx, this.transactions, payment, reported, at);
      await this.payments.save(tx, payment);
      await this.tellEnded.execute(tx, [payment]);
    });
  }
}

/** What the device reported stands, as when it charged another amount than it was told; otherwise as much as a human knows. */
function resultOf(
  { chargedAmount, state }: Payment,
  { outcome, approvalCode }: Resolution,
  reported: PaymentResult | null,
): PaymentResult {
  if (reported) return { ...reported, approvalCode: approvalCode ?? reported.approvalCode };
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
