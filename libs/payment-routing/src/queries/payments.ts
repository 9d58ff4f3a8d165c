import { Injectable } from '@nestjs/common';
import { type Currency, isId } from '#kernel';
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
  readonly originalTransactionId: number | null;
  readonly suspectedDuplicate: boolean;
  readonly cardTransaction: CardTransactionView | null;
  readonly timeline: readonly { readonly at: string; readonly status: string; readonly reason?: string }[];
  readonly isFinal: boolean;
}

/** Null: whatever it is. */
export interface PaymentsWanted {
  readonly invoiceNumber: string | null;
  readonly idempotencyKey: string | null;
  readonly deviceCode: string | null;
  readonly status: string | null;
  /** Older than this payment. */
  readonly after: string | null;
  readonly limit: number;
}

@Injectable()
export class Payments {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: CardTransactions,
    private readonly wakeUps: WakeUps,
  ) {}

  /** Rejects with `payment_not_found`: malformed, unknown and foreign ids get the same answer. */
  async get(accountId: string, id: string): Promise<PaymentView> {
    const [found]: PaymentView[] = isId(id)
      ? await this.dataSource.query(`${columns} WHERE account_id = $1 AND id = $2`, [accountId, id])
      : [];
    if (!found) throw new PaymentNotFoundError();
    if (found.transactionId === null) return { ...found, cardTransaction: null };
    return { ...found, cardTransaction: await this.transactions.get(accountId, found.transactionId) };
  }

  /** Newest first, by what a till knows of them; `next`: the last one here, when there are older ones. */
  async list(accountId: string, wanted: PaymentsWanted): Promise<{ payments: PaymentView[]; next: string | null }> {
    const { invoiceNumber, idempotencyKey, deviceCode, status, after, limit } = wanted;
    const values = [accountId, invoiceNumber, idempotencyKey, deviceCode, status, after, limit + 1];
    const read: PaymentView[] = await this.dataSource.query(`${columns} ${filters}`, values);
    const found = read.slice(0, limit);
    const ids = found.flatMap(({ transactionId }) => transactionId ?? []);
    const transactions = await this.transactions.byIds(accountId, ids);
    const cardTransactionOf = ({ transactionId }: PaymentView) => transactions.get(transactionId ?? 0) ?? null;
    const payments = found.map((payment) => ({ ...payment, cardTransaction: cardTransactionOf(payment) }));
    return { payments, next: read.length > limit ? (found.at(-1)?.id ?? null) : null };
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

const columns = `
  SELECT id, kind, status, reason, device_code AS "deviceCode", amount, tip, currency, invoice_number AS "invoiceNumber",
         customer_code AS "customerCode", description, metadata, created_at AS "createdAt", updated_at AS "updatedAt",
         transaction_id AS "transactionId", (original ->> 'transactionId')::bigint AS "originalTransactionId",
         suspected_duplicate AS "suspectedDuplicate", timeline,
         status IN ('approved', 'declined', 'cancelled', 'not_delivered', 'abandoned', 'failed') AS "isFinal"
    FROM payment_routing.payment`;

const filters = `
   WHERE account_id = $1
     AND ($2::text IS NULL OR invoice_number = $2)
     AND ($3::text IS NULL OR id = (SELECT payment_id FROM payment_routing.idempotency_key WHERE account_id = $1 AND key = $3))
     AND ($4::text IS NULL OR device_code = upper($4))
     AND ($5::text IS NULL OR status = $5)
     AND ($6::uuid IS NULL OR id < $6)
   ORDER BY id DESC LIMIT $7`;
