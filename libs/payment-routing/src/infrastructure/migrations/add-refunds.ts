import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Refunds name the card transaction that they give back; every payment can be found by what a till knows of it. */
export class AddRefunds1764000000310 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE payment_routing.payment
        ADD COLUMN original jsonb,
        ADD COLUMN suspected_duplicate boolean NOT NULL DEFAULT false,
        ADD CONSTRAINT refund_has_original CHECK ((kind = 'refund') = (original IS NOT NULL));
      CREATE INDEX payment_refund_under_way ON payment_routing.payment (account_id, ((original ->> 'transactionId')::bigint))
        WHERE kind = 'refund' AND status IN ('requested', 'shown', 'processing', 'unknown');
      CREATE INDEX payment_newest ON payment_routing.payment (account_id, id);
      CREATE INDEX payment_invoice ON payment_routing.payment (account_id, invoice_number, id);
      ALTER TABLE payment_routing.card_transaction ADD COLUMN original_transaction_id bigint;
      CREATE INDEX card_transaction_refund ON payment_routing.card_transaction (account_id, original_transaction_id)
        WHERE original_transaction_id IS NOT NULL;
      CREATE TABLE payment_routing.resolution (
        payment_id uuid PRIMARY KEY,
        account_id uuid NOT NULL,
        actor_kind text NOT NULL,
        actor_id text NOT NULL,
        actor_name text NOT NULL,
        outcome text NOT NULL,
        approval_code text,
        reason text NOT NULL,
        at timestamptz NOT NULL
      );
    `);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
