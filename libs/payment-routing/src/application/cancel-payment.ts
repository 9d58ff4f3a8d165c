import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#database';
import { NoPermissionError, PaymentNotFoundError } from '../domain/payment-routing.errors.js';
import { PaymentRepository } from '../infrastructure/payment.repository.js';
import { TellEnded } from './tell-ended.js';

/** Cancels for the point of sale: what was cancelled can never be charged, wherever the device is. */
@Injectable()
export class CancelPayment {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly payments: PaymentRepository,
    private readonly tellEnded: TellEnded,
  ) {}

  /** Repeated, it changes nothing. `mayRefund`: also refunds. Rejects with `payment_not_found`, `forbidden` and `too_late`. */
  async execute(by: { readonly accountId: string; readonly mayRefund: boolean }, paymentId: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const payment = await this.payments.ofAccount(tx, by.accountId, paymentId);
      if (!payment) throw new PaymentNotFoundError();
      if (payment.state.kind === 'refund' && !by.mayRefund) throw new NoPermissionError();
      payment.cancel(this.tellEnded.now());
      if (payment.recorded.length === 0) return;
      await this.payments.save(tx, payment);
      await this.tellEnded.execute(tx, [payment]);
    });
  }
}
