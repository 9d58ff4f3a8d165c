import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';
import { Outbox } from '#messaging';
import { publishedEvents } from '../application/published-events.js';
import type { Payment } from '../domain/payment.js';
import { openStatuses } from '../domain/payment-status.js';
import { changesOf, paymentOf, rowOf } from './payment-mapping.js';
import { PaymentRow } from './payment.row.js';

/** Enough for a device that comes back after a long time: it holds at most 32 unsettled payments. */
const reconciledAtOnce = 100;

@Injectable()
export class PaymentRepository {
  constructor(private readonly outbox: Outbox) {}

  /** False when the device holds another payment: the partial unique index decides between two at once. */
  async insertUnlessBusy(tx: Tx, payment: Payment): Promise<boolean> {
    const inserted = await tx.manager
      .createQueryBuilder()
      .insert()
      .into(PaymentRow)
      .values(rowOf(payment))
      .orIgnore()
      .returning('id')
      .execute();
    if ((inserted.raw as unknown[]).length === 0) return false;
    await this.outbox.append(tx, publishedEvents(payment));
    return true;
  }

  /** Locked until the transaction ends: of two messages about one payment, the second sees what the first did. */
  async ofDevice(tx: Tx, deviceId: string, id: string): Promise<Payment | undefined> {
    const row = await tx.manager.findOne(PaymentRow, { where: { id, deviceId }, lock: { mode: 'pessimistic_write' } });
    return row ? paymentOf(row) : undefined;
  }

  /** Locked as with `ofDevice`. */
  async ofAccount(tx: Tx, accountId: string, id: string): Promise<Payment | undefined> {
    const row = await tx.manager.findOne(PaymentRow, { where: { id, accountId }, lock: { mode: 'pessimistic_write' } });
    return row ? paymentOf(row) : undefined;
  }

  /** Whether another payment is requested, shown or processing on the payment's device. */
  async isDeviceTaken(tx: Tx, { id, state }: Payment): Promise<boolean> {
    const others: unknown[] = await tx.manager.query(
      `SELECT 1 FROM payment_routing.payment
        WHERE device_id = $1 AND id <> $2 AND status IN ('requested', 'shown', 'processing')`,
      [state.deviceId, id],
    );
    return others.length > 0;
  }

  save(tx: Tx, payment: Payment): Promise<void> {
    return this.saveAll(tx, [payment]);
  }

  /** All in one statement; throws when one of them was changed since it was read. */
  async saveAll(tx: Tx, payments: readonly Payment[]): Promise<void> {
    if (payments.length === 0) return;
    const [, updated]: [unknown, number] = await tx.manager.query(update, [JSON.stringify(payments.map(changesOf))]);
    if (updated !== payments.length) throw new Error('a payment was changed at the same time');
    await this.outbox.append(tx, payments.flatMap(publishedEvents));
  }

  /** What is open on the device, what it names, and what ended there since a moment; locked. */
  async toReconcile(tx: Tx, deviceId: string, named: readonly string[], since: Date): Promise<Payment[]> {
    const rows = await tx.manager
      .createQueryBuilder(PaymentRow, 'payment')
      .setLock('pessimistic_write')
      .where('payment.deviceId = :deviceId', { deviceId })
      .andWhere('(payment.status IN (:...open) OR payment.id = ANY(:named) OR payment.updatedAt >= :since)', {
        open: openStatuses,
        named,
        since,
      })
      // What the device names comes first: the limit must not make a stranger of it.
      .orderBy('(payment.id = ANY(:named))', 'DESC')
      .addOrderBy('payment.updatedAt', 'DESC')
      .limit(reconciledAtOnce)
      .getMany();
    return rows.map(paymentOf);
  }
}

/** Each expects the version that was read. The time of the next request stays as the timetable set it, while there is one. */
const update = `
  UPDATE payment_routing.payment AS stored
     SET version = changed.version, sequence = changed.sequence, status = changed.status, reason = changed.reason,
         updated_at = changed.updated_at, due_at = changed.due_at, undelivered = changed.undelivered,
         timeline = changed.timeline, tip = changed.tip, attempt = changed.attempt, entry_mode = changed.entry_mode,
         transaction_id = changed.transaction_id, suspected_duplicate = changed.suspected_duplicate,
         received_at = changed.received_at, cancelled_by = changed.cancelled_by,
         ask_at = CASE WHEN changed.is_asked THEN stored.ask_at END
    FROM jsonb_to_recordset($1::jsonb) AS changed (
           id uuid, version int, sequence int, status text, reason text, updated_at timestamptz, due_at timestamptz,
           undelivered text, timeline jsonb, tip bigint, attempt int, entry_mode text, transaction_id bigint,
           suspected_duplicate boolean, received_at timestamptz, cancelled_by jsonb, is_asked boolean)
   WHERE stored.id = changed.id AND stored.version = changed.version - 1`;
