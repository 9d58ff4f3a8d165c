import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { SignedInUser } from '../application/signed-in-user.js';

type Row = Omit<SignedInUser, 'locale'> & { country: string; passwordHash: string | null };

const active = `
  SELECT u.id AS "userId", u.name AS "userName", u.role, u.password_hash AS "passwordHash",
         a.id AS "accountId", a.name AS "accountName", a.api_mode AS "apiMode", a.currency, a.time_zone AS "timeZone", a.country
  FROM accounts.account_user u JOIN accounts.account a ON a.id = u.account_id
  WHERE u.active`;

/** Active users with their account, by what they show; one query each. */
@Injectable()
export class KnownUsers {
  constructor(private readonly dataSource: DataSource) {}

  async byPin(accountId: string, pinHash: Buffer): Promise<SignedInUser | undefined> {
    const [row]: Row[] = await this.dataSource.query(`${active} AND u.account_id = $1 AND u.pin_hash = $2`, [
      accountId,
      pinHash,
    ]);
    return row && signedIn(row);
  }

  async byEmail(email: string): Promise<{ user: SignedInUser; passwordHash: string | null } | undefined> {
    // PostgreSQL takes no text with NUL, and so nobody has such an address.
    if (email.includes('\0')) return undefined;
    const [row]: Row[] = await this.dataSource.query(`${active} AND u.email = $1`, [email]);
    return row && { user: signedIn(row), passwordHash: row.passwordHash };
  }
}

const signedIn = ({ country, passwordHash: _, ...user }: Row): SignedInUser => ({ ...user, locale: `en-${country}` });
