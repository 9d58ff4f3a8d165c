import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '#database';
import { Clock } from '#kernel';
import { InvalidCredentialsError, LockedOutError } from '../domain/accounts.errors.js';
import { countFailure, lockedForSeconds, noFailures } from '../domain/failure-counter.js';
import { FailureCounters } from '../infrastructure/failure-counters.js';

/** How many failures with the same key before it locks. */
export type Limits = ReadonlyMap<string, number>;

export interface Guard {
  /** Reset by a success. */
  readonly inARow: Limits;
  /** A success does not wipe out the failures before it: whoever has one right answer may not guess others for ever. */
  readonly inADay?: Limits;
}

/** Counts every attempt as a failure before it is looked at, so that neither a burst nor a crash gives one for free. */
@Injectable()
export class FailureLimits {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly counters: FailureCounters,
    private readonly clock: Clock,
  ) {}

  /**
   * Runs `check` unless one of the keys is locked.
   * Rejects with `locked_out` without a check, with `invalid_credentials` when the check gives undefined.
   */
  async guard<Result>({ inARow, inADay = new Map() }: Guard, check: () => Promise<Result | undefined>) {
    const now = this.clock.now();
    const ofToday = new Map([...inADay].map(([key, limit]) => [`${key}:${now.toISOString().slice(0, 10)}`, limit]));
    await this.unitOfWork.run((tx) => this.count(tx, new Map([...inARow, ...ofToday]), now));
    const result = await check();
    if (result === undefined) throw new InvalidCredentialsError();
    await this.unitOfWork.run((tx) => this.counters.succeed(tx, [...inARow.keys()], [...ofToday.keys()]));
    return result;
  }

  /** What was tried before does not count any more. */
  async forgive(key: string): Promise<void> {
    await this.unitOfWork.run((tx) => this.counters.succeed(tx, [key], []));
  }

  private async count(tx: Tx, limits: Limits, now: Date): Promise<void> {
    const stored = await this.counters.lock(tx, [...limits.keys()]);
    const seconds = Math.max(...[...stored.values()].map((counter) => lockedForSeconds(counter, now)));
    if (seconds > 0) throw new LockedOutError(seconds);
    const counted = [...limits].map(([key, limit]) => {
      return [key, countFailure(stored.get(key) ?? noFailures, limit, now)] as const;
    });
    await this.counters.store(tx, new Map(counted));
  }
}
