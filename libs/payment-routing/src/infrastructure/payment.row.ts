import type { Currency, DoneBy } from '#kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { EntryMode } from '../domain/device-message.js';
import type { Original, TimelineEntry, Tipping, Undelivered } from '../domain/payment.js';
import type { PaymentStatus } from '../domain/payment-status.js';

@Entity({ schema: 'payment_routing', name: 'payment' })
export class PaymentRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('int') version!: number;
  @Column('int') sequence!: number;
  @Column('uuid', { name: 'account_id' }) accountId!: string;
  @Column('text', { name: 'time_zone' }) timeZone!: string;
  @Column('text') kind!: 'purchase' | 'refund';
  @Column('uuid', { name: 'device_id' }) deviceId!: string;
  @Column('text', { name: 'device_code' }) deviceCode!: string;
  @Column('bigint') amount!: number;
  @Column('bigint') tip!: number;
  @Column('text') currency!: Currency;
  @Column('text', { name: 'invoice_number' }) invoiceNumber!: string;
  @Column('text', { name: 'customer_code' }) customerCode!: string;
  @Column('text', { nullable: true }) description!: string | null;
  @Column('jsonb', { nullable: true }) tipping!: Tipping | null;
  @Column('jsonb', { nullable: true }) original!: Original | null;
  @Column('boolean', { name: 'suspected_duplicate' }) suspectedDuplicate!: boolean;
  @Column('jsonb') metadata!: Readonly<Record<string, string>>;
  @Column('text') status!: PaymentStatus;
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('int') attempt!: number;
  @Column('text', { name: 'entry_mode', nullable: true }) entryMode!: EntryMode | null;
  @Column('text') undelivered!: Undelivered;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt!: Date;
  @Column('timestamptz', { name: 'show_before' }) showBefore!: Date;
  @Column('timestamptz', { name: 'pay_before' }) payBefore!: Date;
  @Column('timestamptz', { name: 'due_at', nullable: true }) dueAt!: Date | null;
  /** When the request is sent again; null once the device has nothing to tell. */
  @Column('timestamptz', { name: 'ask_at', nullable: true }) askAt!: Date | null;
  @Column('bigint', { name: 'transaction_id', nullable: true }) transactionId!: number | null;
  @Column('timestamptz', { name: 'received_at', nullable: true }) receivedAt!: Date | null;
  @Column('jsonb', { name: 'requested_by', nullable: true }) requestedBy!: DoneBy | null;
  @Column('jsonb', { name: 'cancelled_by', nullable: true }) cancelledBy!: DoneBy | null;
  @Column('jsonb') timeline!: readonly TimelineEntry[];
}
