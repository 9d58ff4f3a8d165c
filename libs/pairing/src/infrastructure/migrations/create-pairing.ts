import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreatePairing1763900000200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(devices);
    await runner.query(around);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

const devices = `
  CREATE TABLE pairing.device (
    id uuid PRIMARY KEY,
    version int NOT NULL,
    sequence int NOT NULL,
    account_id uuid NOT NULL,
    registry_sequence bigint NOT NULL,
    serial_number text NOT NULL,
    model text NOT NULL,
    app_version text NOT NULL,
    code text,
    paired_at timestamptz,
    continued boolean NOT NULL,
    session_id uuid,
    session_number bigint,
    session_mode text CHECK (session_mode IN ('api', 'standalone')),
    locked boolean NOT NULL,
    retired boolean NOT NULL,
    node text,
    connection_id uuid,
    connection_session_id uuid,
    connection_session_number bigint,
    connect_sequence bigint,
    connected boolean NOT NULL,
    connection_since timestamptz,
    listening boolean NOT NULL,
    CHECK ((code IS NULL) = (paired_at IS NULL))
  );
  CREATE UNIQUE INDEX device_code_of_account ON pairing.device (account_id, code) WHERE code IS NOT NULL;
  CREATE INDEX device_on_connection ON pairing.device (connection_id) WHERE connected;
`;

/** `code` holds what is in use and, released, what must rest before another device gets it. */
const around = `
  CREATE TABLE pairing.code (
    account_id uuid NOT NULL,
    code text NOT NULL CHECK (length(code) = 4),
    device_id uuid NOT NULL,
    assigned_at timestamptz NOT NULL,
    released_at timestamptz,
    PRIMARY KEY (account_id, code)
  );
  CREATE TABLE pairing.status (
    device_id uuid PRIMARY KEY,
    session_number bigint NOT NULL,
    connect_sequence bigint NOT NULL,
    said_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    screen text NOT NULL,
    battery double precision,
    network text,
    app_version text
  );
  CREATE TABLE pairing.node (
    id text PRIMARY KEY,
    alive_at timestamptz NOT NULL
  );
  CREATE TABLE pairing.account (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    locale text NOT NULL
  );
`;
