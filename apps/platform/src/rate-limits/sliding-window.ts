/** What was counted in the window that began at `start` (milliseconds since 1970), and in the one before it. */
export interface WindowCount {
  readonly start: number;
  readonly count: number;
  readonly before: number;
}

/** Windows begin at the same moments in every process. */
export const startOf = (now: number, lengthMs: number): number => now - (now % lengthMs);

/**
 * How many requests count at this moment: those of the running window, and of the one before it the share that the last
 * `lengthMs` still cover, as if they had come evenly.
 */
export function used(counted: WindowCount, lengthMs: number, now: number): number {
  const age = now - counted.start;
  if (age < lengthMs) return counted.count + counted.before * (1 - Math.max(0, age) / lengthMs);
  if (age < 2 * lengthMs) return counted.count * (1 - (age - lengthMs) / lengthMs);
  return 0;
}

/** Milliseconds until a further request is within the limit. */
export function waitMs(counted: WindowCount, lengthMs: number, limit: number, now: number): number {
  const most = limit - 1;
  const next = { start: counted.start + lengthMs, count: 0, before: counted.count };
  const { start, count, before } = counted.count <= most ? counted : next;
  // So much of the window before may still be covered then.
  const share = before === 0 ? 1 : Math.min(1, (most - count) / before);
  return Math.max(0, start + lengthMs * (1 - share) - now);
}
