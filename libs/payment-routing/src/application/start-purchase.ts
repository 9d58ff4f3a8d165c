import { Injectable } from '@nestjs/common';
import { AcceptPayment, type PaymentOrder, type Started } from './accept-payment.js';

@Injectable()
export class StartPurchase {
  constructor(private readonly accept: AcceptPayment) {}

  /** Rejects as AcceptPayment does. */
  execute(order: PaymentOrder): Promise<Started> {
    return this.accept.execute(order, () => Promise.resolve(null));
  }
}
