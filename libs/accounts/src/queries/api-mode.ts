import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

@Injectable()
export class ApiModeQuery {
  constructor(private readonly dataSource: DataSource) {}

  async of(accountId: string): Promise<{ readonly enabled: boolean; readonly changedAt: Date | null }> {
    const [row]: { enabled: boolean; changedAt: Date | null }[] = await this.dataSource.query(
      'SELECT api_mode AS enabled, api_mode_changed_at AS "changedAt" FROM accounts.account WHERE id = $1',
      [accountId],
    );
    if (!row) throw new Error('the account of an authenticated caller is not there');
    return row;
  }
}
