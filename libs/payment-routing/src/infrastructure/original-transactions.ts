import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';

export interface ApprovedPurchase {
  /** Minor units, tip included. */
  readonly amount: number;
  readonly currency: string;
  readonly cardToken: string;
  readonly firstSix: string;
  readonly lastFour: string;
}

/** Approved purchases, and what was given back of them. */
@Injectable()
export class OriginalTransactions {
  /** Locked until the transaction ends: refunds of one purchase follow each other. */
  async lock(tx: Tx, accountId: string, id: number): Promise<ApprovedPurchase | undefined> {
    const rows: ApprovedPurchase[] = await tx.manager.query(
      `SELECT amount, currency, card_token AS "cardToken", first_six AS "firstSix", last_four AS "lastFour"
         FROM payment_routing.card_transaction
        WHERE account_id = $1 AND id = $2 AND type = 'purchase' AND status = 'APPROVED' FOR UPDATE`,
      [accountId, id],
    );
    return rows[0];
  }

  /** Minor units: given back already, or perhaps, for a refund is under way or its end is not known. */
  async givenBack(tx: Tx, accountId: string, id: number): Promise<number> {
    const rows: { sum: number }[] = await tx.manager.query(
      `SELECT (SELECT coalesce(sum(amount), 0) FROM payment_routing.card_transaction
                WHERE account_id = $1 AND original_transaction_id = $2 AND type = 'refund' AND status = 'APPROVED')::bigint
            + (SELECT coalesce(sum(amount), 0) FROM payment_routing.payment
                WHERE account_id = $1 AND (original ->> 'transactionId')::bigint = $2 AND kind = 'refund'
                  AND status IN ('requested', 'shown', 'processing', 'unknown'))::bigint AS sum`,
      [accountId, id],
    );
    return rows[0]?.sum ?? 0;
  }
}
