import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateAccounts1763900000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tenants);
    await runner.query(credentials);
    await runner.query(auditLog);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

const tenants = `
  CREATE TABLE accounts.account (
    id uuid PRIMARY KEY,
    version int NOT NULL,
    sequence int NOT NULL,
    name text NOT NULL,
    country text NOT NULL CHECK (country IN ('CA', 'US')),
    currency text NOT NULL CHECK (currency IN ('CAD', 'USD')),
    time_zone text NOT NULL,
    opened_at timestamptz NOT NULL,
    api_mode boolean NOT NULL,
    api_mode_changed_at timestamptz,
    api_mode_changed_by text
  );
  CREATE TABLE accounts.account_user (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts.account,
    version int NOT NULL,
    sequence int NOT NULL,
    name text NOT NULL,
    role text NOT NULL CHECK (role IN ('administrator', 'manager', 'staff')),
    email text,
    password_hash text,
    pin_hash bytea,
    active boolean NOT NULL,
    added_at timestamptz NOT NULL
  );
  CREATE UNIQUE INDEX account_user_email ON accounts.account_user (email) WHERE active;
  CREATE UNIQUE INDEX account_user_pin ON accounts.account_user (account_id, pin_hash);
`;

const credentials = `
  CREATE TABLE accounts.api_access (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts.account,
    version int NOT NULL,
    sequence int NOT NULL,
    name text NOT NULL,
    general text NOT NULL CHECK (general IN ('none', 'read', 'write')),
    settings text NOT NULL CHECK (settings IN ('none', 'read', 'write')),
    processing text NOT NULL CHECK (processing IN ('none', 'auth', 'positive_transaction', 'admin')),
    token_hash bytea NOT NULL UNIQUE,
    created_at timestamptz NOT NULL,
    revoked_at timestamptz,
    last_used_at timestamptz
  );
  CREATE INDEX api_access_account ON accounts.api_access (account_id);
  CREATE TABLE accounts.console_session (
    token_hash bytea PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts.account,
    user_id uuid NOT NULL REFERENCES accounts.account_user,
    opened_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
  );
  CREATE INDEX console_session_expiry ON accounts.console_session (expires_at);
  CREATE TABLE accounts.failure_counter (
    key text PRIMARY KEY,
    failures int NOT NULL,
    locked_until timestamptz,
    last_failure_at timestamptz
  );
  CREATE INDEX failure_counter_age ON accounts.failure_counter (last_failure_at);
`;

const auditLog = `
  CREATE TABLE accounts.audit_entry (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts.account,
    at timestamptz NOT NULL,
    actor_kind text NOT NULL,
    actor_id text NOT NULL,
    actor_name text NOT NULL,
    action text NOT NULL,
    subject_id text NOT NULL,
    facts jsonb NOT NULL
  );
  CREATE INDEX audit_entry_account ON accounts.audit_entry (account_id, id);
  CREATE FUNCTION accounts.refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION 'the audit log is append-only';
  END $$;
  CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON accounts.audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION accounts.refuse_audit_change();
`;
