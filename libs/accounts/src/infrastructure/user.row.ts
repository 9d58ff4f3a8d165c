import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Role } from '../domain/roles.js';

@Entity({ schema: 'accounts', name: 'account_user' })
export class UserRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'account_id' }) accountId!: string;
  @Column('int') version!: number;
  @Column('int') sequence!: number;
  @Column('text') name!: string;
  @Column('text') role!: Role;
  @Column('text', { nullable: true }) email!: string | null;
  @Column('text', { name: 'password_hash', nullable: true }) passwordHash!: string | null;
  @Column('bytea', { name: 'pin_hash', nullable: true }) pinHash!: Buffer | null;
  @Column('boolean') active!: boolean;
  @Column('timestamptz', { name: 'added_at' }) addedAt!: Date;
}
