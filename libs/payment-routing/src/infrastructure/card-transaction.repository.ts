import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';
import type { Card, PaymentResult } from '../domain/device-message.js';
import type { Payment } from '../domain/payment.js';

const noCard: Card = { type: '', firstSix: '', lastFour: '', holder: '', token: '' };

const suspectedWithinMinutes = 5;
const suspicion = 'Suspected duplicate: same device, amount and card within 5 minutes';

export interface StoredTransaction {
  readonly id: number;
  /** The same device charged the same card with the same amount a moment before. */
  readonly suspectedDuplicate: boolean;
}

@Injectable()
export class CardTransactionRepository {
  /** Stores what the card network answered, in the batch of the account's day. */
  async insert(tx: Tx, payment: Payment, result: PaymentResult, at: Date): Promise<StoredTransaction> {
    const stored = await this.insertInBatch(tx, payment, result, at);
    if (stored !== undefined) return stored;
    await this.openBatch(tx, payment, at);
    const inNewBatch = await this.insertInBatch(tx, payment, result, at);
    if (inNewBatch === undefined) throw new Error('a card transaction was not stored');
    return inNewBatch;
  }

  /** The card of a transaction that was stored before the device told of it. */
  async complete(
    tx: Tx,
    accountId: string,
    id: number,
    { card, approvalCode, entryMode }: PaymentResult,
  ): Promise<void> {
    const { type, firstSix, lastFour, holder, token } = card ?? noCard;
    await tx.manager.query(
      `UPDATE payment_routing.card_transaction
          SET card_type = $3, first_six = $4, last_four = $5, card_holder = $6, card_token = $7,
              approval_code = coalesce($8, approval_code), entry_mode = coalesce($9, entry_mode)
        WHERE account_id = $1 AND id = $2 AND last_four = ''`,
      [accountId, id, type, firstSix, lastFour, holder, token, approvalCode, entryMode],
    );
  }

  /** Undefined when the day has no batch yet: only its first transaction finds it so. */
  private async insertInBatch(
    tx: Tx,
    payment: Payment,
    result: PaymentResult,
    at: Date,
  ): Promise<StoredTransaction | undefined> {
    const { accountId, timeZone, kind, deviceCode, invoiceNumber, customerCode, original } = payment.state;
    const card = result.card ?? noCard;
    const rows: StoredTransaction[] = await tx.manager.query(insert, [
      ...[accountId, at, timeZone, payment.id, result.outcome === 'approved' ? 'APPROVED' : 'DECLINED', kind],
      ...[result.amount, result.tip, result.currency, card.type, card.firstSix, card.lastFour, card.holder],
      ...[card.token, result.approvalCode ?? '', result.declineReason, result.entryMode ?? payment.state.entryMode],
      ...[deviceCode, invoiceNumber, customerCode, original?.transactionId ?? null, suspicion, suspectedWithinMinutes],
    ]);
    return rows[0];
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
     customer_code, original_transaction_id, warning)
  SELECT $1, $4, id, $2, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
         CASE WHEN $5 = 'APPROVED' AND $6 = 'purchase' AND EXISTS (
           SELECT 1 FROM payment_routing.card_transaction AS earlier
            WHERE earlier.account_id = $1 AND earlier.created_at > $2::timestamptz - make_interval(mins => $23)
              AND earlier.status = 'APPROVED' AND earlier.type = 'purchase' AND earlier.amount = $7 AND earlier.currency = $9
              AND earlier.device_code = $18 AND earlier.first_six = $11 AND earlier.last_four = $12
              AND earlier.card_token = $14 AND $12 <> '' AND earlier.payment_id <> $4
         ) THEN $22 ELSE '' END
    FROM payment_routing.card_batch
   WHERE account_id = $1 AND day = ($2::timestamptz AT TIME ZONE $3)::date
  RETURNING id, warning <> '' AS "suspectedDuplicate"`;
