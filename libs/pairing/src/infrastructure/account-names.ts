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

  /** By the account's id; without those that are not known. */
  async of(tx: Tx, accountIds: readonly string[]): Promise<ReadonlyMap<string, AccountName>> {
    const rows: (AccountName & { readonly id: string })[] = await tx.manager.query(
      'SELECT id, name, locale FROM pairing.account WHERE id = ANY ($1)',
      [accountIds],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }
}
