import { Injectable } from '@nestjs/common';
import type { Currency } from '#kernel';
import { DataSource } from 'typeorm';

export type CardTerminalStatus = 'ACTIVE' | 'INACTIVE';

export interface CardTerminalView {
  readonly id: number;
  readonly nickname: string;
  readonly currency: Currency;
  readonly status: CardTerminalStatus;
}

/** `null`: any. */
export interface CardTerminalFilter {
  readonly currency: Currency | null;
  readonly status: CardTerminalStatus | null;
}

/**
 * In the published API a card terminal is not a device but the merchant's contract to take cards in one currency. Here that is
 * the account itself: one core currency and its own name. So each account has exactly one, and an account is never inactive.
 */
@Injectable()
export class CardTerminals {
  constructor(private readonly dataSource: DataSource) {}

  list(accountId: string, { currency, status }: CardTerminalFilter): Promise<CardTerminalView[]> {
    return this.dataSource.query(
      `SELECT card_terminal_id AS id, name AS nickname, currency, 'ACTIVE' AS status FROM accounts.account
        WHERE id = $1 AND ($2::text IS NULL OR currency = $2) AND ($3::text IS NULL OR $3 = 'ACTIVE')`,
      [accountId, currency, status],
    );
  }
}
