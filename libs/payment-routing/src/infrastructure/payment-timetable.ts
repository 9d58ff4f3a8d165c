import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';
import { In } from 'typeorm';
import type { Payment } from '../domain/payment.js';
import { askAgain, paymentOf } from './payment-mapping.js';
import { PaymentRow } from './payment.row.js';

/** A payment, and where its device is reached. */
export interface Reachable {
  readonly payment: Payment;
  readonly node: string;
  readonly connectionId: string;
}

/** Which payments have their time come. Several processes share the work: what one has locked, another skips. */
@Injectable()
export class PaymentTimetable {
  /** Payments whose deadline has passed, locked. */
  async due(tx: Tx, now: Date, most: number): Promise<Payment[]> {
    const rows = await tx.manager
      .createQueryBuilder(PaymentRow, 'payment')
      .setLock('pessimistic_write')
      .setOnLocked('skip_locked')
      .where('payment.dueAt <= :now', { now })
      .orderBy('payment.dueAt')
      .limit(most)
      .getMany();
    return rows.map(paymentOf);
  }

  /** Those of the payments whose device is connected. */
  async reachable(tx: Tx, payments: readonly Payment[]): Promise<Reachable[]> {
    if (payments.length === 0) return [];
    const rows: (Omit<Reachable, 'payment'> & { id: string })[] = await tx.manager.query(
      `SELECT id, node, connection_id AS "connectionId" FROM payment_routing.device
        WHERE id = ANY($1) AND node IS NOT NULL AND connection_id IS NOT NULL`,
      [payments.map(({ state }) => state.deviceId)],
    );
    const addresses = new Map(rows.map(({ id, ...address }) => [id, address]));
    return payments.flatMap((payment) => {
      const address = addresses.get(payment.state.deviceId);
      return address ? [{ payment, ...address }] : [];
    });
  }

  /** Payments whose connected device is to be asked now; their next time is set in the same statement. */
  async toAskAgain(tx: Tx, now: Date, most: number): Promise<Reachable[]> {
    const [asked]: [{ id: string }[], number] = await tx.manager.query(
      `UPDATE payment_routing.payment AS payment
          SET ask_at = $1::timestamptz + make_interval(secs => CASE WHEN $1 < payment.show_before THEN $2::int ELSE $3::int END)
         FROM (SELECT due.id
                 FROM payment_routing.payment AS due
                 JOIN payment_routing.device ON device.id = due.device_id AND device.node IS NOT NULL
                WHERE due.ask_at <= $1 ORDER BY due.ask_at LIMIT $4 FOR UPDATE OF due SKIP LOCKED) AS mine
        WHERE payment.id = mine.id
        RETURNING payment.id`,
      [now, askAgain.untilShown, askAgain.later, most],
    );
    if (asked.length === 0) return [];
    const rows = await tx.manager.findBy(PaymentRow, { id: In(asked.map(({ id }) => id)) });
    return this.reachable(tx, rows.map(paymentOf));
  }
}
