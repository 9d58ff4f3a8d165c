import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Currency } from '#kernel';
import type { KnownCaller, PaymentDefaults } from '../application/known-caller.js';
import type { Permissions } from '../domain/permissions.js';
import { permissionsOf, type Role } from '../domain/roles.js';

interface AccountColumns {
  readonly accountId: string;
  readonly accountName: string;
  readonly apiMode: boolean;
  readonly currency: Currency;
  readonly timeZone: string;
  readonly paymentDefaults: PaymentDefaults;
}
type ByToken = AccountColumns & Permissions & { readonly id: string; readonly name: string };
type BySession = AccountColumns & { readonly id: string; readonly name: string; readonly role: Role };

const account = `a.id AS "accountId", a.name AS "accountName", a.api_mode AS "apiMode", a.currency, a.time_zone AS "timeZone",
  jsonb_build_object('deliverWithin', a.deliver_within, 'payWithin', a.pay_within, 'tipping', a.tipping) AS "paymentDefaults"`;

/** "Who is this" in one query, with all that a request needs to know of the account. */
@Injectable()
export class KnownCallers {
  constructor(private readonly dataSource: DataSource) {}

  /** Also notes that the token was used, at most once in 10 minutes: a busy token would cost a write per request. */
  async byToken(tokenHash: Buffer, at: Date): Promise<KnownCaller | undefined> {
    const [row]: ByToken[] = await this.dataSource.query(
      `WITH noted AS (
         UPDATE accounts.api_access SET last_used_at = $2
         WHERE token_hash = $1 AND revoked_at IS NULL
           AND (last_used_at IS NULL OR last_used_at < $2::timestamptz - interval '10 minutes')
       )
       SELECT t.id, t.name, t.general, t.settings, t.processing, ${account}
       FROM accounts.api_access t JOIN accounts.account a ON a.id = t.account_id
       WHERE t.token_hash = $1 AND t.revoked_at IS NULL`,
      [tokenHash, at],
    );
    if (!row) return undefined;
    const { id, name, general, settings, processing, ...of } = row;
    return {
      ...of,
      actor: { kind: 'api_access', id, name },
      role: null,
      permissions: { general, settings, processing },
    };
  }

  async bySession(tokenHash: Buffer, at: Date): Promise<KnownCaller | undefined> {
    const [row]: BySession[] = await this.dataSource.query(
      `SELECT u.id, u.name, u.role, ${account}
       FROM accounts.console_session s
       JOIN accounts.account_user u ON u.id = s.user_id AND u.active
       JOIN accounts.account a ON a.id = s.account_id
       WHERE s.token_hash = $1 AND s.expires_at > $2`,
      [tokenHash, at],
    );
    if (!row) return undefined;
    const { id, name, role, ...of } = row;
    return { ...of, actor: { kind: 'user', id, name }, role, permissions: permissionsOf[role] };
  }
}
