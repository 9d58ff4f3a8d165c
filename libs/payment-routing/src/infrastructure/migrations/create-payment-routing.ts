import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreatePaymentRouting1763900000300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(payments);
    await runner.query(transactions);
    await runner.query(devices);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

/** `payment_busy`: a device holds at most one payment that is not over; an unknown one does not block it. */
const payments = `
  CREATE TABLE payment_routing.payment (
    id uuid PRIMARY KEY,
    version int NOT NULL,
    sequence int NOT NULL,
    account_id uuid NOT NULL,
    time_zone text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('purchase', 'refund')),
    device_id uuid NOT NULL,
    device_code text NOT NULL,
    amount bigint NOT NULL CHECK (amount > 0),
    tip bigint NOT NULL CHECK (tip >= 0),
    currency text NOT NULL CHECK (currency IN ('CAD', 'USD')),
    invoice_number text NOT NULL,
    customer_code text NOT NULL,
    description text,
    tipping jsonb,
    metadata jsonb NOT NULL,
    status text NOT NULL CHECK (status IN ('requested', 'shown', 'processing', 'approved', 'declined', 'cancelled',
                                           'not_delivered', 'abandoned', 'unknown', 'failed')),
    reason text,
    attempt int NOT NULL,
    entry_mode text,
    undelivered text NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    show_before timestamptz NOT NULL,
    pay_before timestamptz NOT NULL,
    due_at timestamptz,
    ask_at timestamptz,
    transaction_id bigint,
    timeline jsonb NOT NULL
  );
  CREATE UNIQUE INDEX payment_busy ON payment_routing.payment (device_id)
    WHERE status IN ('requested', 'shown', 'processing');
  CREATE INDEX payment_due ON payment_routing.payment (due_at) WHERE due_at IS NOT NULL;
  CREATE INDEX payment_ask ON payment_routing.payment (ask_at) WHERE ask_at IS NOT NULL;
  CREATE INDEX payment_of_device ON payment_routing.payment (device_id, updated_at);
  CREATE INDEX payment_of_account ON payment_routing.payment (account_id, created_at);

  CREATE TABLE payment_routing.idempotency_key (
    account_id uuid NOT NULL,
    key text NOT NULL,
    payload_hash text NOT NULL,
    payment_id uuid NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (account_id, key)
  );
  CREATE INDEX idempotency_key_age ON payment_routing.idempotency_key (created_at);
`;

const transactions = `
  CREATE TABLE payment_routing.card_batch (
    id bigint GENERATED ALWAYS AS IDENTITY (START WITH 1001) PRIMARY KEY,
    account_id uuid NOT NULL,
    day date NOT NULL,
    UNIQUE (account_id, day)
  );
  CREATE TABLE payment_routing.card_transaction (
    id bigint GENERATED ALWAYS AS IDENTITY (START WITH 1000001) PRIMARY KEY,
    account_id uuid NOT NULL,
    payment_id uuid NOT NULL,
    card_batch_id bigint NOT NULL,
    created_at timestamptz NOT NULL,
    status text NOT NULL CHECK (status IN ('APPROVED', 'DECLINED')),
    type text NOT NULL CHECK (type IN ('purchase', 'refund')),
    amount bigint NOT NULL CHECK (amount >= 0),
    tip bigint NOT NULL CHECK (tip >= 0),
    currency text NOT NULL,
    card_type text NOT NULL,
    first_six text NOT NULL,
    last_four text NOT NULL,
    card_holder text NOT NULL,
    card_token text NOT NULL,
    approval_code text NOT NULL,
    decline_reason text,
    entry_mode text,
    device_code text NOT NULL,
    invoice_number text NOT NULL,
    customer_code text NOT NULL,
    warning text NOT NULL
  );
  CREATE INDEX card_transaction_of_account ON payment_routing.card_transaction (account_id, id);
  CREATE INDEX card_transaction_of_day ON payment_routing.card_transaction (account_id, created_at);
  CREATE INDEX card_transaction_of_invoice ON payment_routing.card_transaction (account_id, invoice_number);
  CREATE INDEX card_transaction_of_customer ON payment_routing.card_transaction (account_id, customer_code);
  CREATE INDEX card_transaction_of_card ON payment_routing.card_transaction (account_id, card_token);
  CREATE INDEX card_transaction_of_batch ON payment_routing.card_transaction (account_id, card_batch_id);

  CREATE TABLE payment_routing.reported_result (
    device_id uuid NOT NULL,
    payment_id uuid NOT NULL,
    outcome text NOT NULL,
    amount bigint NOT NULL,
    currency text NOT NULL,
    result jsonb NOT NULL,
    reported_at timestamptz NOT NULL,
    PRIMARY KEY (device_id, payment_id, outcome, amount, currency)
  );
`;

const devices = `
  CREATE TABLE payment_routing.device (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL,
    code text NOT NULL,
    sequence int NOT NULL,
    listening boolean NOT NULL,
    reason text,
    node text,
    connection_id uuid,
    journal_at timestamptz
  );
  CREATE INDEX device_of_account ON payment_routing.device (account_id, code);
  CREATE TABLE payment_routing.node (
    id text PRIMARY KEY,
    alive_at timestamptz NOT NULL
  );
`;
