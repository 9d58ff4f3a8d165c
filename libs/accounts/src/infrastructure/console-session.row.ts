import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A console session as it is kept: only the hash of its cookie. */
export interface ConsoleSession {
  readonly tokenHash: Buffer;
  readonly accountId: string;
  readonly userId: string;
  readonly openedAt: Date;
  readonly expiresAt: Date;
}

@Entity({ schema: 'accounts', name: 'console_session' })
export class ConsoleSessionRow implements ConsoleSession {
  @PrimaryColumn('bytea', { name: 'token_hash' }) tokenHash!: Buffer;
  @Column('uuid', { name: 'account_id' }) accountId!: string;
  @Column('uuid', { name: 'user_id' }) userId!: string;
  @Column('timestamptz', { name: 'opened_at' }) openedAt!: Date;
  @Column('timestamptz', { name: 'expires_at' }) expiresAt!: Date;
}
