import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AccessLevel, ProcessingLevel } from '../domain/permissions.js';

@Entity({ schema: 'accounts', name: 'api_access' })
export class ApiAccessRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'account_id' }) accountId!: string;
  @Column('int') version!: number;
  @Column('int') sequence!: number;
  @Column('text') name!: string;
  @Column('text') general!: AccessLevel;
  @Column('text') settings!: AccessLevel;
  @Column('text') processing!: ProcessingLevel;
  @Column('bytea', { name: 'token_hash' }) tokenHash!: Buffer;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'revoked_at', nullable: true }) revokedAt!: Date | null;
}
