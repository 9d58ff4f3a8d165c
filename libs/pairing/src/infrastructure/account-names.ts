import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';

export interface AccountName {
  readonly name: string;
  readonly locale: string;
}

@Injectable()
export class AccountNames {
  async remember(tx: Tx, account: AccountName & { readonly id: string }): Promise<void> {
    await tx.manager.query(
      `INSERT INTO pairing.account (id, name, locale) VALUES ($1, $2, $3)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, locale = excluded.locale`,
      [account.id, account.name, account.locale],
    );
  }

  async of(tx: Tx, accountId: string): Promise<AccountName> {
    const rows: AccountName[] = await tx.manager.query('SELECT name, locale FROM pairing.account WHERE id = $1', [
      accountId,
    ]);
    return rows[0] ?? { name: '', locale: 'en-CA' };
  }
}
