import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** What a console session does not know of itself. */
export interface ConsoleUser {
  readonly email: string;
  readonly country: 'CA' | 'US';
}

@Injectable()
export class ConsoleUserQuery {
  constructor(private readonly dataSource: DataSource) {}

  async of(accountId: string, userId: string): Promise<ConsoleUser> {
    const [row]: ConsoleUser[] = await this.dataSource.query(
      `SELECT account_user.email, account.country FROM accounts.account_user
         JOIN accounts.account ON account.id = account_user.account_id
        WHERE account_user.account_id = $1 AND account_user.id = $2`,
      [accountId, userId],
    );
    if (!row) throw new Error('the user of a console session is not there');
    return row;
  }
}
