import { Injectable } from '@nestjs/common';
import type { Currency } from '#kernel';
import { readUntil, WakeUps } from '#messaging';
import { DataSource } from 'typeorm';
import { PaymentNotFoundError } from '../domain/payment-routing.errors.js';
import { CardTransactions, type CardTransactionView } from './card-transactions.js';

export interface PaymentView {
  readonly id: string;
  readonly kind: 'purchase' | 'refund';
  readonly status: string;
  readonly reason: string | null;
  readonly deviceCode: string;
  /** Minor units, without the tip. */
  readonly amount: number;
  readonly tip: number;
  readonly currency: Currency;
  readonly invoiceNumber: string;
  readonly customerCode: string;
  readonly description: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly transactionId: number | null;
  readonly cardTransaction: CardTransactionView | null;
  readonly timeline: readonly { readonly at: string; readonly status: string; readonly reason?: string }[];
  readonly isFinal: boolean;
}

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

@Injectable()
export class Payments {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: CardTransactions,
    private readonly wakeUps: WakeUps,
  ) {}

  /** Rejects with `payment_not_found`: malformed, unknown and foreign ids get the same answer. */
  async get(accountId: string, id: string): Promise<PaymentView> {
    const [found]: PaymentView[] = uuid.test(id) ? await this.dataSource.query(select, [accountId, id]) : [];
    if (!found) throw new PaymentNotFoundError();
    if (found.transactionId === null) return { ...found, cardTransaction: null };
    return { ...found, cardTransaction: await this.transactions.get(accountId, found.transactionId) };
  }

  /** The payment as it is when it has ended, or when the time is over. */
  async untilFinal(accountId: string, id: string, waitMs: number, abort?: AbortSignal): Promise<PaymentView> {
    const waiting = { topic: `payment:${id.toLowerCase()}`, ms: waitMs, ...(abort ? { abort } : {}) };
    return readUntil(
      this.wakeUps,
      waiting,
      () => this.get(accountId, id),
      (payment) => payment.isFinal,
    );
  }
}

const select = `
  SELECT id, kind, status, reason, device_code AS "deviceCode", amount, tip, currency, invoice_number AS "invoiceNumber",
         customer_code AS "customerCode", description, metadata, created_at AS "createdAt", updated_at AS "updatedAt",
         transaction_id AS "transactionId", timeline,
         status IN ('approved', 'declined', 'cancelled', 'not_delivered', 'abandoned', 'failed') AS "isFinal"
    FROM payment_routing.payment WHERE account_id = $1 AND id = $2`;
