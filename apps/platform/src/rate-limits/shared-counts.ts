import { Injectable } from '@nestjs/common';
import type { ContextSchema } from '#database';
import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { hourMs, minuteMs, type SharedCounts } from './budget.js';
import { startOf } from './sliding-window.js';

export class CreateRateLimits1764000000500 implements MigrationInterface {
  /** Unlogged: after a crash of the database the counts begin anew. */
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE UNLOGGED TABLE rate_limits.account (
        account_id uuid PRIMARY KEY,
        minute_start bigint NOT NULL, minute int NOT NULL, minute_before int NOT NULL,
        hour_start bigint NOT NULL, hour int NOT NULL, hour_before int NOT NULL
      )`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

/** Users of the console have budgets of their own beside the accounts'. Processes that are not renewed yet count in the old table. */
export class CountBudgets1764000000510 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE UNLOGGED TABLE rate_limits.budget (LIKE rate_limits.account INCLUDING ALL);
      ALTER TABLE rate_limits.budget RENAME COLUMN account_id TO id`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

export const rateLimitsSchema: ContextSchema = {
  schema: 'rate_limits',
  rows: [],
  migrations: [CreateRateLimits1764000000500, CountBudgets1764000000510],
};

interface Row {
  readonly id: string;
  readonly minuteStart: number;
  readonly minute: number;
  readonly minuteBefore: number;
  readonly hourStart: number;
  readonly hour: number;
  readonly hourBefore: number;
}

/** One row per budget, where the processes add up what each has counted. */
@Injectable()
export class SharedCountsTable {
  constructor(private readonly dataSource: DataSource) {}

  /** Adds what this process counted, by budget; gives what all have counted. */
  async add(counts: ReadonlyMap<string, number>, now: number): Promise<Map<string, SharedCounts>> {
    const values = [[...counts.keys()], [...counts.values()], startOf(now, minuteMs), startOf(now, hourMs)];
    const rows: Row[] = await this.dataSource.query(exchange, values);
    return new Map(rows.map((row) => [row.id, sharedOf(row)]));
  }
}

const sharedOf = (row: Row): SharedCounts => ({
  minute: { start: row.minuteStart, count: row.minute, before: row.minuteBefore },
  hour: { start: row.hourStart, count: row.hour, before: row.hourBefore },
});

/** A process whose clock is behind adds to the window that the others are in. */
const counted = (window: 'minute' | 'hour', lengthMs: number): string => `
  ${window}_start = greatest(known.${window}_start, new.${window}_start),
  ${window} = CASE WHEN known.${window}_start >= new.${window}_start THEN known.${window} ELSE 0 END + new.${window},
  ${window}_before = CASE WHEN known.${window}_start >= new.${window}_start THEN known.${window}_before
                          WHEN known.${window}_start = new.${window}_start - ${lengthMs} THEN known.${window} ELSE 0 END`;

const exchange = `
  INSERT INTO rate_limits.budget AS known
         (id, minute_start, minute, minute_before, hour_start, hour, hour_before)
  SELECT told.id, $3, told.count, 0, $4, told.count, 0
    FROM unnest($1::uuid[], $2::int[]) AS told (id, count) ORDER BY told.id
  ON CONFLICT (id) DO UPDATE SET ${counted('minute', minuteMs)}, ${counted('hour', hourMs)}
  RETURNING id, minute_start AS "minuteStart", minute, minute_before AS "minuteBefore",
            hour_start AS "hourStart", hour, hour_before AS "hourBefore"`.replaceAll('new.', 'excluded.');
