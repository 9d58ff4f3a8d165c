import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { used, waitMs } from './sliding-window.js';

const minute = 60_000;
const start = 100 * minute;

describe('a sliding window', () => {
  it('counts the running window whole and the one before by what it still covers', () => {
    const counted = { start, count: 10, before: 40 };
    expect(used(counted, minute, start)).toBe(50);
    expect(used(counted, minute, start + minute / 4)).toBe(40);
    expect(used(counted, minute, start + minute - 1)).toBeCloseTo(10, 0);
  });

  it('counts a window that is over less and less, and nothing after its double length', () => {
    const counted = { start, count: 10, before: 40 };
    expect(used(counted, minute, start + minute)).toBe(10);
    expect(used(counted, minute, start + 1.5 * minute)).toBe(5);
    expect(used(counted, minute, start + 2 * minute)).toBe(0);
    expect(used(counted, minute, start + 9 * minute)).toBe(0);
  });

  it('names a wait after which one more request is within the limit, and hardly a longer one', () => {
    const counts = fc.record({
      count: fc.nat(300),
      before: fc.nat(300),
      age: fc.nat(minute - 1),
      limit: fc.integer({ min: 1, max: 200 }),
    });
    fc.assert(
      fc.property(counts, ({ count, before, age, limit }) => {
        const counted = { start, count, before };
        const now = start + age;
        const isFull = (at: number): boolean => Math.ceil(used(counted, minute, at) - 1e-6) >= limit;
        fc.pre(isFull(now));
        const wait = waitMs(counted, minute, limit, now);
        expect(isFull(now + wait + 1)).toBe(false);
        expect(wait < 50 || isFull(now + wait - 50)).toBe(true);
      }),
      // The last of the window before is to be over.
      { numRuns: 2_000, examples: [[{ count: 0, before: 1, age: 0, limit: 1 }]] },
    );
  });
});
