import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Currency } from '#kernel';
import type { Country } from '../domain/account.js';
import type { Tipping } from '../domain/account-settings.js';

@Entity({ schema: 'accounts', name: 'account' })
export class AccountRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('int') version!: number;
  @Column('int') sequence!: number;
  @Column('text') name!: string;
  @Column('text') country!: Country;
  @Column('text') currency!: Currency;
  @Column('text', { name: 'time_zone' }) timeZone!: string;
  @Column('int', { name: 'deliver_within' }) deliverWithin!: number;
  @Column('int', { name: 'pay_within' }) payWithin!: number;
  @Column('jsonb', { nullable: true }) tipping!: Tipping | null;
  @Column('int', { name: 'retention_days' }) retentionDays!: number;
  @Column('timestamptz', { name: 'opened_at' }) openedAt!: Date;
  @Column('boolean', { name: 'api_mode' }) apiMode!: boolean;
  @Column('timestamptz', { name: 'api_mode_changed_at', nullable: true }) apiModeChangedAt!: Date | null;
  @Column('text', { name: 'api_mode_changed_by', nullable: true }) apiModeChangedBy!: string | null;
}
