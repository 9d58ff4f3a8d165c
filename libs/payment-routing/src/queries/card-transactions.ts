import { Injectable } from '@nestjs/common';
import type { Currency } from '#kernel';
import { DataSource } from 'typeorm';
import { CardTransactionNotFoundError } from '../domain/payment-routing.errors.js';

export interface CardTransactionView {
  readonly id: number;
  readonly paymentId: string;
  readonly cardBatchId: number;
  readonly createdAt: Date;
  readonly status: 'APPROVED' | 'DECLINED';
  readonly type: 'purchase' | 'refund';
  /** Minor units; `amount` includes the tip. */
  readonly amount: number;
  readonly tip: number;
  readonly currency: Currency;
  readonly cardType: string;
  readonly firstSix: string;
  readonly lastFour: string;
  readonly cardHolder: string;
  readonly cardToken: string;
  readonly approvalCode: string;
  readonly declineReason: string | null;
  readonly entryMode: string | null;
  readonly deviceCode: string;
  readonly invoiceNumber: string;
  readonly customerCode: string;
  readonly warning: string;
  /** Of a refund. */
  readonly originalTransactionId: number | null;
}

export interface CardTransactionFilter {
  /** Days `YYYY-MM-DD` in `timeZone`, both included. */
  readonly dateFrom: string | null;
  readonly dateTo: string | null;
  readonly timeZone: string;
  readonly search: string | null;
  readonly customerCode: string | null;
  readonly invoiceNumber: string | null;
  readonly cardToken: string | null;
  readonly cardBatchId: number | null;
  readonly limit: number;
  readonly offset: number;
}

@Injectable()
export class CardTransactions {
  constructor(private readonly dataSource: DataSource) {}

  /** Newest first. */
  list(accountId: string, filter: CardTransactionFilter): Promise<CardTransactionView[]> {
    const { dateFrom, dateTo, timeZone, search, customerCode, invoiceNumber, cardToken, cardBatchId } = filter;
    const { limit, offset } = filter;
    return this.dataSource.query(`${select} WHERE account_id = $1 ${filters} ORDER BY id DESC LIMIT $10 OFFSET $11`, [
      ...[accountId, dateFrom, dateTo, timeZone, search, customerCode, invoiceNumber, cardToken, cardBatchId],
      ...[limit, offset, amountOf(search)],
    ]);
  }

  /** Those of several payments' results, by id. */
  async byIds(accountId: string, ids: readonly number[]): Promise<ReadonlyMap<number, CardTransactionView>> {
    if (ids.length === 0) return new Map();
    const rows: CardTransactionView[] = await this.dataSource.query(
      `${select} WHERE account_id = $1 AND id = ANY ($2)`,
      [accountId, ids],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** Rejects with `card_transaction_not_found`. */
  async get(accountId: string, id: number): Promise<CardTransactionView> {
    const rows: CardTransactionView[] = await this.dataSource.query(`${select} WHERE account_id = $1 AND id = $2`, [
      accountId,
      id,
    ]);
    const [found] = rows;
    if (!found) throw new CardTransactionNotFoundError();
    return found;
  }
}

/** Minor units of a text such as `10.99`, `10.9` or `10`; null when it is no amount. */
function amountOf(search: string | null): number | null {
  const match = /^(\d{1,10})(?:\.(\d{1,2}))?$/.exec(search ?? '');
  return match ? Number(`${match[1] ?? ''}${(match[2] ?? '').padEnd(2, '0')}`) : null;
}

const select = `
  SELECT id, payment_id AS "paymentId", card_batch_id AS "cardBatchId", created_at AS "createdAt", status, type, amount, tip,
         currency, card_type AS "cardType", first_six AS "firstSix", last_four AS "lastFour",
         card_holder AS "cardHolder", card_token AS "cardToken", approval_code AS "approvalCode",
         decline_reason AS "declineReason", entry_mode AS "entryMode", device_code AS "deviceCode",
         invoice_number AS "invoiceNumber", customer_code AS "customerCode", warning,
         original_transaction_id AS "originalTransactionId"
    FROM payment_routing.card_transaction`;

const filters = `
  AND ($2::date IS NULL OR created_at >= ($2::date)::timestamp AT TIME ZONE $4::text)
  AND ($3::date IS NULL OR created_at < ($3::date + 1)::timestamp AT TIME ZONE $4::text)
  AND ($5::text IS NULL OR first_six = $5 OR last_four = $5 OR first_six || last_four = $5 OR approval_code = $5
       OR position(lower($5) IN lower(card_holder)) > 0 OR amount = $12::bigint)
  AND ($6::text IS NULL OR customer_code = $6)
  AND ($7::text IS NULL OR invoice_number = $7)
  AND ($8::text IS NULL OR card_token = $8)
  AND ($9::bigint IS NULL OR card_batch_id = $9)`;
