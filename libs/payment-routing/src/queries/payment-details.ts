import { Injectable } from '@nestjs/common';
import { type DoneBy, isId } from '#kernel';
import { DataSource } from 'typeorm';
import { PaymentNotFoundError } from '../domain/payment-routing.errors.js';

export type PersonOrTill = Omit<DoneBy, 'id'>;

export interface PaymentDetailsView {
  /** When the terminal first said that it has the request in its journal. */
  readonly receivedAt: Date | null;
  /** When the approval of the card network reached the platform, which then stored it; null: no terminal reported one. */
  readonly authorisedAt: Date | null;
  /** Minor units of an approved purchase that went back to the card. */
  readonly givenBack: number;
  /** Minor units of refunds that are under way, or whose end is not known. */
  readonly givingBack: number;
  /** Null: older versions did not keep it. */
  readonly requestedBy: PersonOrTill | null;
  /** Who took it back, if it was not the terminal. */
  readonly cancelledBy: PersonOrTill | null;
  /** Who settled it by hand, and why. */
  readonly resolution: { readonly outcome: string; readonly reason: string; readonly by: string } | null;
  /** What the terminal reported against the final status; the amount in minor units. */
  readonly contradiction: { readonly at: string; readonly outcome: string; readonly amount: number } | null;
}

/** What people want to know of a payment and a till does not. */
@Injectable()
export class PaymentDetails {
  constructor(private readonly dataSource: DataSource) {}

  /** Rejects with `payment_not_found`. */
  async of(accountId: string, id: string): Promise<PaymentDetailsView> {
    const [found]: PaymentDetailsView[] = isId(id) ? await this.dataSource.query(details, [accountId, id]) : [];
    if (!found) throw new PaymentNotFoundError();
    return found;
  }
}

const details = `
  SELECT payment.received_at AS "receivedAt",
         (SELECT min(reported.arrived_at) FROM payment_routing.reported_result AS reported
           WHERE reported.device_id = payment.device_id AND reported.payment_id = payment.id
             AND payment.status = 'approved' AND reported.outcome = 'approved'
             AND reported.amount = payment.amount + payment.tip) AS "authorisedAt",
         payment.requested_by - 'id' AS "requestedBy", payment.cancelled_by - 'id' AS "cancelledBy",
         (SELECT coalesce(sum(refund.amount), 0) FROM payment_routing.card_transaction AS refund
           WHERE refund.account_id = $1 AND refund.original_transaction_id = payment.transaction_id
             AND refund.type = 'refund' AND refund.status = 'APPROVED')::bigint AS "givenBack",
         (SELECT coalesce(sum(refund.amount), 0) FROM payment_routing.payment AS refund
           WHERE refund.account_id = $1 AND (refund.original ->> 'transactionId')::bigint = payment.transaction_id
             AND refund.kind = 'refund' AND refund.status IN ('requested', 'shown', 'processing', 'unknown'))::bigint AS "givingBack",
         CASE WHEN resolution.payment_id IS NOT NULL
              THEN json_build_object('outcome', resolution.outcome, 'reason', resolution.reason, 'by', resolution.actor_name)
         END AS resolution,
         (SELECT json_build_object('at', reported.reported_at, 'outcome', reported.outcome, 'amount', reported.amount)
            FROM payment_routing.reported_result AS reported
           WHERE reported.device_id = payment.device_id AND reported.payment_id = payment.id
             AND payment.status NOT IN ('requested', 'shown', 'processing', 'unknown')
             AND (reported.outcome <> payment.status
                  OR reported.outcome = 'approved' AND reported.amount <> payment.amount + payment.tip)
           ORDER BY reported.reported_at LIMIT 1) AS contradiction
    FROM payment_routing.payment
    LEFT JOIN payment_routing.resolution ON resolution.payment_id = payment.id AND resolution.account_id = $1
   WHERE payment.account_id = $1 AND payment.id = $2`;
