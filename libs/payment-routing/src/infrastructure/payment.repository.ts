import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';
import { Outbox } from '#messaging';
import { In } from 'typeorm';
import { publishedEvents } from '../application/published-events.js';
import type { Payment } from '../domain/payment.js';
import { openStatuses } from '../domain/payment-status.js';
import { paymentOf, rowOf } from './payment-mapping.js';
import { PaymentRow } from './payment.row.js';

/** Seconds between two requests to the device. */
const askAgain = { untilShown: 2, later: 10 } as const;
const atOnce = 500;
const reconciled = 100;

export interface Reachable {
  readonly node: string;
  readonly connectionId: string;
}

@Injectable()
export class PaymentRepository {
  constructor(private readonly outbox: Outbox) {}

  /** False when the device holds another payment: the partial unique index decides between two at once. */
  async insertUnlessBusy(tx: Tx, payment: Payment): Promise<boolean> {
    const { createdAt } = payment.state;
    const askAt = new Date(createdAt.getTime() + askAgain.untilShown * 1000);
    const inserted = await tx.manager
      .createQueryBuilder()
      .insert()
      .into(PaymentRow)
      .values({ ...rowOf(payment), id: payment.id, askAt })
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

  async save(tx: Tx, payment: Payment): Promise<void> {
    const row = { ...rowOf(payment), ...(payment.isFinal ? { askAt: null } : {}) };
    const { affected } = await tx.manager.update(PaymentRow, { id: payment.id, version: payment.version }, row);
    if (affected !== 1) throw new Error('the payment was changed at the same time');
    await this.outbox.append(tx, publishedEvents(payment));
  }

  /** What is open on the device, what it names, and what ended there since a moment; locked, in a fixed order. */
  async toReconcile(tx: Tx, deviceId: string, named: readonly string[], since: Date): Promise<Payment[]> {
    const rows = await tx.manager
      .createQueryBuilder(PaymentRow, 'payment')
      .setLock('pessimistic_write')
      .where('payment.deviceId = :deviceId', { deviceId })
      .andWhere('(payment.status IN (:...open) OR payment.id = ANY(:named) OR payment.updatedAt > :since)', {
        open: openStatuses,
        named,
        since,
      })
      .orderBy('payment.updatedAt', 'DESC')
      .limit(reconciled)
      .getMany();
    return rows.map(paymentOf);
  }

  /** Payments whose deadline has passed, with where their device is reached; another process takes others. */
  async due(tx: Tx, now: Date, most: number): Promise<{ payment: Payment; address: Reachable | null }[]> {
    const rows = await tx.manager
      .createQueryBuilder(PaymentRow, 'payment')
      .setLock('pessimistic_write')
      .setOnLocked('skip_locked')
      .where('payment.dueAt <= :now', { now })
      .orderBy('payment.dueAt')
      .limit(most)
      .getMany();
    const addresses = await this.addressesOf(
      tx,
      rows.map((row) => row.deviceId),
    );
    return rows.map((row) => ({ payment: paymentOf(row), address: addresses.get(row.deviceId) ?? null }));
  }

  /** Open payments whose device is connected and whose time has come; the next time is set in the same statement. */
  async toAskAgain(tx: Tx, now: Date): Promise<{ payment: Payment; address: Reachable }[]> {
    const result: [({ id: string } & Reachable)[], number] = await tx.manager.query(
      `UPDATE payment_routing.payment AS payment
          SET ask_at = $1::timestamptz + make_interval(secs => CASE WHEN payment.status = 'requested' THEN $2::float ELSE $3::float END)
         FROM (SELECT due.id, device.node, device.connection_id
                 FROM payment_routing.payment AS due
                 JOIN payment_routing.device ON device.id = due.device_id AND device.node IS NOT NULL
                WHERE due.ask_at <= $1 ORDER BY due.ask_at LIMIT $4 FOR UPDATE OF due SKIP LOCKED) AS mine
        WHERE payment.id = mine.id
        RETURNING payment.id, mine.node, mine.connection_id AS "connectionId"`,
      [now, askAgain.untilShown, askAgain.later, atOnce],
    );
    const addresses = new Map(result[0].map(({ id, ...address }) => [id, address]));
    if (addresses.size === 0) return [];
    const rows = await tx.manager.findBy(PaymentRow, { id: In([...addresses.keys()]) });
    return rows.flatMap((row) => {
      const address = addresses.get(row.id);
      return address ? [{ payment: paymentOf(row), address }] : [];
    });
  }

  private async addressesOf(tx: Tx, deviceIds: readonly string[]): Promise<Map<string, Reachable>> {
    if (deviceIds.length === 0) return new Map();
    const rows: ({ id: string } & Reachable)[] = await tx.manager.query(
      `SELECT id, node, connection_id AS "connectionId" FROM payment_routing.device
        WHERE id = ANY($1) AND node IS NOT NULL AND connection_id IS NOT NULL`,
      [deviceIds],
    );
    return new Map(rows.map(({ id, ...address }) => [id, address]));
  }
}
