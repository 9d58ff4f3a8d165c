import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';
import type { DoneBy } from '#kernel';

/** What a human says became of a payment. */
export interface Resolution {
  readonly accountId: string;
  readonly paymentId: string;
  readonly outcome: 'approved' | 'declined' | 'failed';
  readonly approvalCode: string | null;
  /** Why the human is sure. */
  readonly reason: string;
  readonly by: DoneBy;
}

/** Who settled an unknown payment, when and why: never changed, never removed. */
@Injectable()
export class Resolutions {
  async keep(tx: Tx, { paymentId, accountId, by, outcome, approvalCode, reason }: Resolution, at: Date): Promise<void> {
    await tx.manager.query(
      `INSERT INTO payment_routing.resolution
              (payment_id, account_id, actor_kind, actor_id, actor_name, outcome, approval_code, reason, at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [paymentId, accountId, by.kind, by.id, by.name, outcome, approvalCode, reason, at],
    );
  }
}
