import { describe, expect, it } from '@jest/globals';
import { Budget, hourMs, minuteMs } from './budget.js';

const limits = { atOnce: 3, waiting: 2, minute: 10, hour: 25 };
const now = 1_000 * hourMs;

function admitted(budget: Budget, times: number, at: number): number {
  let count = 0;
  for (let i = 0; i < times; i += 1) {
    if (!budget.admit('atOnce', at).admitted) continue;
    budget.finish('atOnce');
    count += 1;
  }
  return count;
}

describe('the requests that share a budget', () => {
  it('are admitted up to the limit of a minute, and the rest is told when to come back', () => {
    const budget = new Budget(limits);
    expect(budget.admit('atOnce', now)).toMatchObject({ admitted: true, minuteLeft: 9, hourLeft: 24 });
    budget.finish('atOnce');
    expect(admitted(budget, 20, now)).toBe(9);
    const refusal = budget.admit('atOnce', now);
    expect(refusal).toMatchObject({ admitted: false, minuteLeft: 0 });
    const { retryAfterMs } = refusal as { retryAfterMs: number };
    expect(budget.admit('atOnce', now + retryAfterMs - 1_000).admitted).toBe(false);
    expect(budget.admit('atOnce', now + retryAfterMs + 1).admitted).toBe(true);
  });

  it('slide: at the turn of a minute there is no double helping', () => {
    const budget = new Budget(limits);
    expect(admitted(budget, 20, now + minuteMs - 1)).toBe(10);
    expect(admitted(budget, 20, now + minuteMs + 1)).toBe(0);
    expect(admitted(budget, 20, now + 1.5 * minuteMs)).toBe(5);
  });

  it('are counted by the hour as well', () => {
    const budget = new Budget(limits);
    const counts = [0, 2, 4, 6].map((minutes) => admitted(budget, 20, now + minutes * minuteMs));
    expect(counts).toEqual([10, 10, 5, 0]);
  });

  it('are limited at once, waiting ones apart from the others', () => {
    const budget = new Budget(limits);
    const admit = (kind: 'atOnce' | 'waiting') => budget.admit(kind, now).admitted;
    expect([admit('waiting'), admit('waiting'), admit('waiting')]).toEqual([true, true, false]);
    expect([admit('atOnce'), admit('atOnce'), admit('atOnce'), admit('atOnce')]).toEqual([true, true, true, false]);
    budget.finish('atOnce');
    expect([admit('atOnce'), admit('waiting')]).toEqual([true, false]);
  });

  it('that were refused do not count', () => {
    const budget = new Budget({ ...limits, atOnce: 1 });
    budget.admit('atOnce', now);
    for (let i = 0; i < 50; i += 1) budget.admit('atOnce', now);
    budget.finish('atOnce');
    expect(budget.admit('atOnce', now)).toMatchObject({ admitted: true, minuteLeft: 8 });
  });

  it('of other processes count from the moment they are heard of, and own ones only once', () => {
    const budget = new Budget(limits);
    expect(admitted(budget, 2, now)).toBe(2);
    expect(budget.takeUntold()).toBe(2);
    expect(budget.takeUntold()).toBe(0);
    const window = { start: now, count: 7, before: 0 };
    budget.hear({ minute: window, hour: window }, now);
    expect(admitted(budget, 20, now)).toBe(3);
  });

  it('are forgotten when none of them counts any more, not before', () => {
    const budget = new Budget(limits);
    admitted(budget, 1, now);
    budget.takeUntold();
    expect(budget.isForgotten(now + hourMs)).toBe(false);
    expect(budget.isForgotten(now + 2 * hourMs)).toBe(true);
  });
});
