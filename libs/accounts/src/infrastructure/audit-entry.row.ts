import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { Facts } from '#kernel';

@Entity({ schema: 'accounts', name: 'audit_entry' })
export class AuditEntryRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' }) id!: number;
  @Column('uuid', { name: 'account_id' }) accountId!: string;
  @Column('timestamptz') at!: Date;
  @Column('text', { name: 'actor_kind' }) actorKind!: string;
  @Column('text', { name: 'actor_id' }) actorId!: string;
  @Column('text', { name: 'actor_name' }) actorName!: string;
  @Column('text') action!: string;
  @Column('text', { name: 'subject_id' }) subjectId!: string;
  @Column('jsonb') facts!: Facts;
}
