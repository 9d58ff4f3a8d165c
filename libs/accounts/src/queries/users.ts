import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

export interface UserView {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly role: 'administrator' | 'manager' | 'staff';
  readonly active: boolean;
  readonly addedAt: Date;
}

@Injectable()
export class UsersQuery {
  constructor(private readonly dataSource: DataSource) {}

  /** Those who may log in first, each group in the order in which they were added. */
  all(accountId: string): Promise<UserView[]> {
    return this.dataSource.query(`${select} WHERE account_id = $1 ORDER BY active DESC, added_at, id`, [accountId]);
  }

  async get(accountId: string, userId: string): Promise<UserView> {
    const [row]: UserView[] = await this.dataSource.query(`${select} WHERE account_id = $1 AND id = $2`, [
      accountId,
      userId,
    ]);
    if (!row) throw new Error('a user that was just added is not there');
    return row;
  }
}

const select = 'SELECT id, name, email, role, active, added_at AS "addedAt" FROM accounts.account_user';
