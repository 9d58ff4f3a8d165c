import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#database';
import type { DoneBy } from '#kernel';
import { NoPermissionError, PaymentNotFoundError } from '../domain/payment-routing.errors.js';
import { PaymentRepository } from '../infrastructure/payment.repository.js';
import { TellEnded } from './tell-ended.js';

export interface Cancellation {
  readonly accountId: string;
  readonly paymentId: string;
  readonly by: DoneBy;
  /** Refunds too. */
  readonly mayRefund: boolean;
}

/** Cancels for the point of sale: what was cancelled can never be charged, wherever the device is. */
@Injectable()
export class CancelPayment {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly payments: PaymentRepository,
    private readonly tellEnded: TellEnded,
  ) {}

  /** Repeated, it changes nothing. Rejects with `payment_not_found`, `forbidden` and `too_late`. */
  async execute({ accountId, paymentId, by, mayRefund }: Cancellation): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const payment = await this.payments.ofAccount(tx, accountId, paymentId);
      if (!payment) throw new PaymentNotFoundError();
      if (payment.state.kind === 'refund' && !mayRefund) throw new NoPermissionError();
      payment.cancel(by, this.tellEnded.now());
      if (payment.recorded.length === 0) return;
      await this.payments.save(tx, payment);
      await this.tellEnded.execute(tx, [payment]);
    });
  }
}
