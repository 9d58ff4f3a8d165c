import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { countFailure, type FailureCounter, lockedForSeconds, noFailures } from './failure-counter.js';

const start = new Date('2026-11-23T12:00:00.000Z');
const later = (seconds: number): Date => new Date(start.getTime() + seconds * 1000);

const failed = (times: number, at = start): FailureCounter => {
  let counter = noFailures;
  for (let n = 0; n < times; n += 1) counter = countFailure(counter, 5, at);
  return counter;
};

describe('a counter of failed attempts', () => {
  it.each([
    [4, 0],
    [5, 1],
    [6, 2],
    [7, 4],
    [8, 8],
    [9, 16],
    [10, 32],
    [11, 60],
    [12, 60],
    [2000, 60],
  ])('after %i failures locks for %i minutes', (failures, minutes) => {
    expect(lockedForSeconds(failed(failures), start)).toBe(minutes * 60);
  });

  it('is open again when the lock is over, and not a second earlier', () => {
    const counter = failed(5);
    expect(lockedForSeconds(counter, later(59))).toBe(1);
    expect(lockedForSeconds(counter, later(59.5))).toBe(1);
    expect(lockedForSeconds(counter, later(60))).toBe(0);
  });

  it('forgets failures that are more than a day old', () => {
    const day = 24 * 60 * 60;
    expect(countFailure(failed(9), 5, later(day)).failures).toBe(10);
    expect(countFailure(failed(9), 5, later(day + 1))).toEqual({
      failures: 1,
      lockedUntil: null,
      lastFailureAt: later(day + 1),
    });
  });

  it('never lets more attempts through in a day than the limit, six shorter locks, and one an hour', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 4000 }), { maxLength: 300 }), (pauses) => {
        let [counter, seconds, through] = [noFailures, 0, 0];
        for (const pause of pauses) {
          seconds += pause;
          if (seconds >= 24 * 60 * 60) break;
          if (lockedForSeconds(counter, later(seconds)) > 0) continue;
          counter = countFailure(counter, 5, later(seconds));
          through += 1;
        }
        expect(through).toBeLessThanOrEqual(5 + 6 + 24);
      }),
    );
  });
});
