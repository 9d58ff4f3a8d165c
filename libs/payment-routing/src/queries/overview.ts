import { Injectable } from '@nestjs/common';
import { Clock } from '#kernel';
import { DataSource } from 'typeorm';

/** What became of the purchases that were requested in an hour, and the refunds. Amounts are minor units, tips included. */
interface HourRow {
  readonly hour: number;
  readonly purchases: number;
  readonly declined: number;
  readonly other: number;
  readonly amount: number;
  readonly refunds: number;
  readonly refundedAmount: number;
}

export interface OverviewView {
  /** `YYYY-MM-DD`, today in the account's time zone. */
  readonly day: string;
  /** Of the 24 hours those in which there was a payment. */
  readonly hours: readonly HourRow[];
  /** Payments of any day that nobody knows the end of yet. */
  readonly unknown: number;
}

/** How a merchant's day goes. */
@Injectable()
export class Overview {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  async today(accountId: string, timeZone: string): Promise<OverviewView> {
    const now = this.clock.now();
    const [hours, [whole]] = await Promise.all([
      this.dataSource.query<HourRow[]>(ofToday, [accountId, timeZone, now]),
      this.dataSource.query<Pick<OverviewView, 'day' | 'unknown'>[]>(dayAndUnknown, [accountId, timeZone, now]),
    ]);
    if (!whole) throw new Error('a count without a row');
    return { ...whole, hours };
  }
}

const ofToday = `
  SELECT extract(hour FROM created_at AT TIME ZONE $2)::int AS hour,
         count(*) FILTER (WHERE kind = 'purchase' AND status = 'approved')::int AS purchases,
         count(*) FILTER (WHERE kind = 'purchase' AND status = 'declined')::int AS declined,
         count(*) FILTER (WHERE kind = 'purchase' AND status NOT IN ('approved', 'declined'))::int AS other,
         coalesce(sum(amount + tip) FILTER (WHERE kind = 'purchase' AND status = 'approved'), 0)::bigint AS amount,
         count(*) FILTER (WHERE kind = 'refund' AND status = 'approved')::int AS refunds,
         coalesce(sum(amount) FILTER (WHERE kind = 'refund' AND status = 'approved'), 0)::bigint AS "refundedAmount"
    FROM payment_routing.payment, date_trunc('day', $3::timestamptz AT TIME ZONE $2) AS today
   WHERE account_id = $1 AND created_at >= today AT TIME ZONE $2 AND created_at < (today + interval '1 day') AT TIME ZONE $2
   GROUP BY hour`;

/** The database names the day whose payments it counts: its time zones and those of Node are not of the same age. */
const dayAndUnknown = `
  SELECT to_char($3::timestamptz AT TIME ZONE $2, 'YYYY-MM-DD') AS day, count(*)::int AS unknown
    FROM payment_routing.payment WHERE account_id = $1 AND status = 'unknown'`;
