import { startOf, used, waitMs, type WindowCount } from './sliding-window.js';

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;

export interface Limits {
  readonly atOnce: number;
  /** Long polls and streams under way, which do nothing but wait. */
  readonly waiting: number;
  readonly minute: number;
  readonly hour: number;
}

export interface SharedCounts {
  readonly minute: WindowCount;
  readonly hour: WindowCount;
}

export type Decision =
  | { readonly admitted: true; readonly minuteLeft: number; readonly hourLeft: number }
  | { readonly admitted: false; readonly minuteLeft: number; readonly hourLeft: number; readonly retryAfterMs: number };

const nothing: WindowCount = { start: 0, count: 0, before: 0 };
const momentMs = 1_000;

/** The requests of one caller: what all processes told each other, with what this one has counted since. */
export class Budget {
  private counts: SharedCounts = { minute: nothing, hour: nothing };
  private untold = 0;
  private readonly underWay = { atOnce: 0, waiting: 0 };

  constructor(private readonly limits: Limits) {}

  /** Nothing of it counts any more. */
  isForgotten(now: number): boolean {
    const idle = this.untold === 0 && this.underWay.atOnce === 0 && this.underWay.waiting === 0;
    return idle && used(this.counts.hour, hourMs, now) === 0;
  }

  /** Counts the request if it is admitted; it is to be finished then. */
  admit(kind: 'atOnce' | 'waiting', now: number): Decision {
    const { minute, hour } = this.counts;
    const left = (counted: WindowCount, lengthMs: number, limit: number) =>
      Math.max(0, limit - Math.ceil(used(counted, lengthMs, now)));
    const minuteLeft = left(minute, minuteMs, this.limits.minute);
    const hourLeft = left(hour, hourMs, this.limits.hour);
    const refused = (retryAfterMs: number) => ({ admitted: false, minuteLeft, hourLeft, retryAfterMs }) as const;
    if (hourLeft === 0) return refused(waitMs(hour, hourMs, this.limits.hour, now));
    if (minuteLeft === 0) return refused(waitMs(minute, minuteMs, this.limits.minute, now));
    if (this.underWay[kind] >= this.limits[kind]) return refused(momentMs);
    this.untold += 1;
    this.underWay[kind] += 1;
    this.counts = { minute: plus(minute, 1, minuteMs, now), hour: plus(hour, 1, hourMs, now) };
    return { admitted: true, minuteLeft: minuteLeft - 1, hourLeft: hourLeft - 1 };
  }

  finish(kind: 'atOnce' | 'waiting'): void {
    this.underWay[kind] -= 1;
  }

  /** What the others have not been told; from now on it counts as told. */
  takeUntold(): number {
    const { untold } = this;
    this.untold = 0;
    return untold;
  }

  /** What all have counted, this process too; what it has counted since it told comes on top. */
  hear({ minute, hour }: SharedCounts, now: number): void {
    const { untold } = this;
    this.counts = { minute: plus(minute, untold, minuteMs, now), hour: plus(hour, untold, hourMs, now) };
  }
}

function plus(counted: WindowCount, more: number, lengthMs: number, now: number): WindowCount {
  const start = Math.max(counted.start, startOf(now, lengthMs));
  if (start === counted.start) return { ...counted, count: counted.count + more };
  return { start, count: more, before: start === counted.start + lengthMs ? counted.count : 0 };
}
