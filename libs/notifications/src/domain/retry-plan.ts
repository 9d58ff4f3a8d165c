const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** Milliseconds after each failure; the last one repeats. */
const pauses = [5 * second, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 10 * hour, 12 * hour];
/** Share of a pause by which it may be longer, so that what failed together does not come back together. */
const jitter = 0.2;
const longestAskedMs = 12 * hour;

/** How long a delivery is tried, and how long an endpoint may fail before it is switched off. */
export const patienceMs = 72 * hour;

export interface FailedTry {
  /** Counts from 1. */
  readonly tries: number;
  /** When the delivery was made, or asked for again. */
  readonly since: Date;
  readonly at: Date;
  /** What the receiver asked for by `retry-after`, if it did. */
  readonly askedMs: number | null;
  /** 0 to 1. */
  readonly random: number;
}

/** When to try again; null when three days are over. */
export function nextTry({ tries, since, at, askedMs, random }: FailedTry): Date | null {
  const pause = pauses[Math.min(tries, pauses.length) - 1] ?? hour;
  const planned = pause * (1 + jitter * random);
  const next = at.getTime() + Math.max(planned, Math.min(askedMs ?? 0, longestAskedMs));
  return next > since.getTime() + patienceMs ? null : new Date(next);
}
