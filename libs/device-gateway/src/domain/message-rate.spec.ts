import { describe, expect, it } from '@jest/globals';
import { MessageRate } from './message-rate.js';

const taken = (rate: MessageRate, times: number, now: number) =>
  Array.from({ length: times }, () => rate.take(now)).filter(Boolean).length;

describe('message rate', () => {
  it('lets a burst through and nothing more', () => {
    expect(taken(new MessageRate(20, 40, 0), 100, 0)).toBe(40);
  });

  it('refills by the second', () => {
    const rate = new MessageRate(20, 40, 0);
    taken(rate, 40, 0);
    expect(taken(rate, 100, 1000)).toBe(20);
  });

  it('never holds more than the burst', () => {
    expect(taken(new MessageRate(20, 40, 0), 100, 3_600_000)).toBe(40);
  });
});
