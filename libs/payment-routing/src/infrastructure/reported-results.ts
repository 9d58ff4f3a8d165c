import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';
import type { PaymentResult } from '../domain/device-message.js';

export interface ReportedResult {
  readonly deviceId: string;
  readonly paymentId: string;
  readonly result: PaymentResult;
  /** When it reached a gateway, by that one's clock. */
  readonly arrivedAt: Date;
  /** When it is stored. */
  readonly at: Date;
}

/** Every result that a device ever reported, each once: also those that contradict, and those of unknown payments. */
@Injectable()
export class ReportedResults {
  /** False when it was reported before. */
  async keep(tx: Tx, { deviceId, paymentId, result, arrivedAt, at }: ReportedResult): Promise<boolean> {
    const { outcome, amount, currency } = result;
    const rows: unknown[] = await tx.manager.query(
      `INSERT INTO payment_routing.reported_result (device_id, payment_id, outcome, amount, currency, result, arrived_at, reported_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING RETURNING 1`,
      [deviceId, paymentId, outcome, amount, currency, JSON.stringify(result), arrivedAt, at],
    );
    return rows.length === 1;
  }

  /** The newest that the device reported of the payment; null: none. */
  async newest(tx: Tx, deviceId: string, paymentId: string): Promise<PaymentResult | null> {
    const rows: { result: PaymentResult }[] = await tx.manager.query(
      `SELECT result FROM payment_routing.reported_result
        WHERE device_id = $1 AND payment_id = $2 ORDER BY reported_at DESC LIMIT 1`,
      [deviceId, paymentId],
    );
    return rows[0]?.result ?? null;
  }
}
