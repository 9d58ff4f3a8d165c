import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';
import type { Card, PaymentResult } from '../domain/device-message.js';
import type { Payment } from '../domain/payment.js';

const noCard: Card = { type: '', firstSix: '', lastFour: '', holder: '', token: '' };

@Injectable()
export class CardTransactionRepository {
  /** Stores what the card network answered, in the batch of the account's day; gives the transaction's id. */
  async insert(tx: Tx, payment: Payment, result: PaymentResult, at: Date): Promise<number> {
    const id = await this.insertInBatch(tx, payment, result, at);
    if (id !== undefined) return id;
    await this.openBatch(tx, payment, at);
    const inNewBatch = await this.insertInBatch(tx, payment, result, at);
    if (inNewBatch === undefined) throw new Error('a card transaction was not stored');
    return inNewBatch;
  }

  /** Undefined when the day has no batch yet: only its first transaction finds it so. */
  private async insertInBatch(tx: Tx, payment: Payment, result: PaymentResult, at: Date): Promise<number | undefined> {
    const { accountId, timeZone, kind, deviceCode, invoiceNumber, customerCode } = payment.state;
    const card = result.card ?? noCard;
    const rows: { id: number }[] = await tx.manager.query(insert, [
      ...[accountId, at, timeZone, payment.id, result.outcome === 'approved' ? 'APPROVED' : 'DECLINED', kind],
      ...[result.amount, result.tip, result.currency, card.type, card.firstSix, card.lastFour, card.holder],
      ...[card.token, result.approvalCode ?? '', result.declineReason, result.entryMode ?? payment.state.entryMode],
      ...[deviceCode, invoiceNumber, customerCode],
    ]);
    return rows[0]?.id;
  }

  private async openBatch(tx: Tx, { state }: Payment, at: Date): Promise<void> {
    await tx.manager.query(
      `INSERT INTO payment_routing.card_batch (account_id, day) VALUES ($1, ($2::timestamptz AT TIME ZONE $3)::date)
       ON CONFLICT DO NOTHING`,
      [state.accountId, at, state.timeZone],
    );
  }
}

const insert = `
  INSERT INTO payment_routing.card_transaction
    (account_id, payment_id, card_batch_id, created_at, status, type, amount, tip, currency, card_type, first_six,
     last_four, card_holder, card_token, approval_code, decline_reason, entry_mode, device_code, invoice_number,
     customer_code, warning)
  SELECT $1, $4, id, $2, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, ''
    FROM payment_routing.card_batch
   WHERE account_id = $1 AND day = ($2::timestamptz AT TIME ZONE $3)::date
  RETURNING id`;
