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
  /** When the delivery was tried first, or first since it was asked for again. */
  readonly since: Date;
  readonly at: Date;
  /** What the receiver asked for by `retry-after`, if it did. */
  readonly askedMs: number | null;
  /** 0 to 1. */
  readonly random: number;
}

/** When to try again, for the last time when three days are over; null after that. */
export function nextTry({ tries, since, at, askedMs, random }: FailedTry): Date | null {
  const end = since.getTime() + patienceMs;
  if (at.getTime() >= end) return null;
  const pause = pauses[Math.min(tries, pauses.length) - 1] ?? hour;
  const planned = Math.min(at.getTime() + pause * (1 + jitter * random), end);
  const asked = at.getTime() + Math.min(askedMs ?? 0, longestAskedMs);
  return new Date(Math.max(planned, asked));
}
