import { Controller } from '@nestjs/common';
import { AccountOpened, type EventOf } from '#contracts';
import type { Tx } from '#database';
import { On } from '#messaging';
import { AccountNames } from '../infrastructure/account-names.js';

/** A terminal shows whose it is. */
@Controller()
export class OnAccountOpened {
  constructor(private readonly accounts: AccountNames) {}

  @On(AccountOpened, 'pairing')
  async handle({ data }: EventOf<typeof AccountOpened>, tx: Tx): Promise<void> {
    await this.accounts.remember(tx, { id: data.accountId, name: data.name, locale: `en-${data.country}` });
  }
}
