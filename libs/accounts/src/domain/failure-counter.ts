/** Failed attempts that share a fate: those of one device, of one account, of one e-mail address. */
export interface FailureCounter {
  readonly failures: number;
  readonly lockedUntil: Date | null;
  readonly lastFailureAt: Date | null;
}

export const noFailures: FailureCounter = { failures: 0, lockedUntil: null, lastFailureAt: null };

const minute = 60_000;
/** Longer than the longest lock, so that waiting for it never gives more attempts than going on. */
export const forgottenAfterMs = 24 * 60 * minute;
const longestLockMinutes = 60;

/**
 * Counts an attempt as failed before it is checked; a success takes that back afterwards, so a burst cannot pass the limit.
 * From the `limit`-th failure on each one locks: for 1, 2, 4 … 60 minutes.
 */
export function countFailure(counter: FailureCounter, limit: number, at: Date): FailureCounter {
  const forgotten = counter.lastFailureAt !== null && at.getTime() - counter.lastFailureAt.getTime() > forgottenAfterMs;
  const failures = (forgotten ? 0 : counter.failures) + 1;
  const minutes = failures < limit ? 0 : Math.min(2 ** (failures - limit), longestLockMinutes);
  return {
    failures,
    lockedUntil: minutes === 0 ? null : new Date(at.getTime() + minutes * minute),
    lastFailureAt: at,
  };
}

/** Whole seconds until the next attempt is looked at; 0 when it is now. */
export function lockedForSeconds({ lockedUntil }: FailureCounter, at: Date): number {
  return lockedUntil === null ? 0 : Math.max(0, Math.ceil((lockedUntil.getTime() - at.getTime()) / 1000));
}
