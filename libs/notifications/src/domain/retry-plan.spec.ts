import { describe, expect, it } from '@jest/globals';
import { type FailedTry, nextTry, patienceMs } from './retry-plan.js';

const since = new Date('2026-11-23T12:00:00.000Z');
const hour = 3_600_000;
const after = (ms: number): Date => new Date(since.getTime() + ms);

/** Milliseconds from the failure to the next try. */
function pause(facts: Partial<FailedTry>): number | null {
  const failed = { tries: 1, since, at: since, askedMs: null, random: 0, ...facts };
  const next = nextTry(failed);
  return next && next.getTime() - failed.at.getTime();
}

describe('the retry plan', () => {
  it.each([
    [1, 5_000],
    [2, 300_000],
    [3, 1_800_000],
    [4, 2 * hour],
    [5, 5 * hour],
    [6, 10 * hour],
    [7, 10 * hour],
    [8, 12 * hour],
    [9, 12 * hour],
    [40, 12 * hour],
  ])('waits after failure %i for %i ms', (tries, ms) => {
    expect(pause({ tries })).toBe(ms);
  });

  it.each([0, 0.25, 0.5, 0.999])('makes a pause at most a fifth longer and never shorter: %d', (random) => {
    const ms = pause({ tries: 4, random }) ?? 0;
    expect(ms).toBeGreaterThanOrEqual(2 * hour);
    expect(ms).toBeLessThan(2.4 * hour);
    if (random > 0) expect(ms).not.toBe(2 * hour);
  });

  it('waits as long as the receiver asks for, never shorter than planned and never longer than 12 hours', () => {
    expect(pause({ tries: 1, askedMs: 120_000 })).toBe(120_000);
    expect(pause({ tries: 2, askedMs: 1_000 })).toBe(300_000);
    expect(pause({ tries: 1, askedMs: 1_000 * hour })).toBe(12 * hour);
  });

  it('tries for the last time when three days are over', () => {
    const at = after(64 * hour);
    expect(nextTry({ tries: 10, since, at, askedMs: null, random: 1 })).toEqual(after(patienceMs));
    expect(pause({ tries: 11, at: after(patienceMs - 1) })).toBe(1);
    expect(pause({ tries: 12, at: after(patienceMs) })).toBeNull();
  });

  it('obeys the receiver also at the end', () => {
    expect(pause({ tries: 10, at: after(64 * hour), askedMs: 11 * hour })).toBe(11 * hour);
  });

  it.each([0, 0.5, 0.999])('comes to its end whatever is drawn: %d', (random) => {
    const tried = [since];
    for (let at: Date | null = since; at !== null;) {
      at = nextTry({ tries: tried.length, since, at, askedMs: null, random });
      if (at) tried.push(at);
    }
    expect(tried.at(-1)).toEqual(after(patienceMs));
    expect(tried.length).toBeLessThan(13);
  });
});
