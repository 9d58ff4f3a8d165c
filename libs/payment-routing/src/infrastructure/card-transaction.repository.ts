import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';
import type { Card, PaymentResult } from '../domain/device-message.js';
import type { Payment } from '../domain/payment.js';

const noCard: Card = { type: '', firstSix: '', lastFour: '', holder: '', token: '' };

@Injectable()
export class CardTransactionRepository {
  /** Stores what the card network answered, in the batch of the account's day; gives the transaction's id. */
  async insert(tx: Tx, payment: Payment, result: PaymentResult, at: Date): Promise<number> {
    const { accountId, timeZone, kind, deviceCode, invoiceNumber, customerCode } = payment.state;
    const card = result.card ?? noCard;
    const rows: { id: number }[] = await tx.manager.query(
      `WITH batch AS (
         INSERT INTO payment_routing.card_batch (account_id, day) VALUES ($1, ($2::timestamptz AT TIME ZONE $3)::date)
         ON CONFLICT (account_id, day) DO UPDATE SET day = excluded.day RETURNING id
       )
       INSERT INTO payment_routing.card_transaction
         (account_id, payment_id, card_batch_id, created_at, status, type, amount, tip, currency, card_type, first_six,
          last_four, card_holder, card_token, approval_code, decline_reason, entry_mode, device_code, invoice_number,
          customer_code, warning)
       SELECT $1, $4, batch.id, $2, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, ''
         FROM batch RETURNING id`,
      [
        ...[accountId, at, timeZone, payment.id, result.outcome === 'approved' ? 'APPROVED' : 'DECLINED', kind],
        ...[result.amount, result.tip, result.currency, card.type, card.firstSix, card.lastFour, card.holder],
        ...[card.token, result.approvalCode ?? '', result.declineReason, result.entryMode ?? payment.state.entryMode],
        ...[deviceCode, invoiceNumber, customerCode],
      ],
    );
    const [row] = rows;
    if (!row) throw new Error('a card transaction was not stored');
    return row.id;
  }
}
