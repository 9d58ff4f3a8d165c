import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

export interface SettingsView {
  readonly timeZone: string;
  readonly deliverWithin: number;
  readonly payWithin: number;
  readonly tipping: { readonly percentages: readonly number[] } | null;
  readonly retentionDays: number;
}

@Injectable()
export class SettingsQuery {
  constructor(private readonly dataSource: DataSource) {}

  async of(accountId: string): Promise<SettingsView> {
    const [row]: SettingsView[] = await this.dataSource.query(
      `SELECT time_zone AS "timeZone", deliver_within AS "deliverWithin", pay_within AS "payWithin", tipping,
              retention_days AS "retentionDays" FROM accounts.account WHERE id = $1`,
      [accountId],
    );
    if (!row) throw new Error('the account of an authenticated caller is not there');
    return row;
  }
}
