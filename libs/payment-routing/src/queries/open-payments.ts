import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** Payments without a final state. */
@Injectable()
export class OpenPayments {
  constructor(private readonly dataSource: DataSource) {}

  async existOn(deviceId: string): Promise<boolean> {
    const rows: unknown[] = await this.dataSource.query(
      `SELECT FROM payment_routing.payment
        WHERE device_id = $1 AND status IN ('requested', 'shown', 'processing', 'unknown') LIMIT 1`,
      [deviceId],
    );
    return rows.length > 0;
  }
}
