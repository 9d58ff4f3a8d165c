import { describe, expect, it } from '@jest/globals';
import { hourMs, LimitedAccount, minuteMs } from './limited-account.js';

const limits = { atOnce: 3, waiting: 2, minute: 10, hour: 25 };
const now = 1_000 * hourMs;

function admitted(account: LimitedAccount, times: number, at: number): number {
  let count = 0;
  for (let i = 0; i < times; i += 1) {
    if (!account.admit('atOnce', at).admitted) continue;
    account.finish('atOnce');
    count += 1;
  }
  return count;
}

describe('the requests of an account', () => {
  it('are admitted up to the limit of a minute, and the rest is told when to come back', () => {
    const account = new LimitedAccount(limits);
    expect(account.admit('atOnce', now)).toMatchObject({ admitted: true, minuteLeft: 9, hourLeft: 24 });
    account.finish('atOnce');
    expect(admitted(account, 20, now)).toBe(9);
    const refusal = account.admit('atOnce', now);
    expect(refusal).toMatchObject({ admitted: false, minuteLeft: 0 });
    const { retryAfterMs } = refusal as { retryAfterMs: number };
    expect(account.admit('atOnce', now + retryAfterMs - 1_000).admitted).toBe(false);
    expect(account.admit('atOnce', now + retryAfterMs + 1).admitted).toBe(true);
  });

  it('slide: at the turn of a minute there is no double helping', () => {
    const account = new LimitedAccount(limits);
    expect(admitted(account, 20, now + minuteMs - 1)).toBe(10);
    expect(admitted(account, 20, now + minuteMs + 1)).toBe(0);
    expect(admitted(account, 20, now + 1.5 * minuteMs)).toBe(5);
  });

  it('are counted by the hour as well', () => {
    const account = new LimitedAccount(limits);
    const counts = [0, 2, 4, 6].map((minutes) => admitted(account, 20, now + minutes * minuteMs));
    expect(counts).toEqual([10, 10, 5, 0]);
  });

  it('are limited at once, waiting ones apart from the others', () => {
    const account = new LimitedAccount(limits);
    const admit = (kind: 'atOnce' | 'waiting') => account.admit(kind, now).admitted;
    expect([admit('waiting'), admit('waiting'), admit('waiting')]).toEqual([true, true, false]);
    expect([admit('atOnce'), admit('atOnce'), admit('atOnce'), admit('atOnce')]).toEqual([true, true, true, false]);
    account.finish('atOnce');
    expect([admit('atOnce'), admit('waiting')]).toEqual([true, false]);
  });

  it('that were refused do not count', () => {
    const account = new LimitedAccount({ ...limits, atOnce: 1 });
    account.admit('atOnce', now);
    for (let i = 0; i < 50; i += 1) account.admit('atOnce', now);
    account.finish('atOnce');
    expect(account.admit('atOnce', now)).toMatchObject({ admitted: true, minuteLeft: 8 });
  });

  it('of other processes count from the moment they are heard of, and own ones only once', () => {
    const account = new LimitedAccount(limits);
    expect(admitted(account, 2, now)).toBe(2);
    expect(account.takeUntold()).toBe(2);
    expect(account.takeUntold()).toBe(0);
    const window = { start: now, count: 7, before: 0 };
    account.hear({ minute: window, hour: window }, now);
    expect(admitted(account, 20, now)).toBe(3);
  });

  it('are forgotten when none of them counts any more, not before', () => {
    const account = new LimitedAccount(limits);
    admitted(account, 1, now);
    account.takeUntold();
    expect(account.isForgotten(now + hourMs)).toBe(false);
    expect(account.isForgotten(now + 2 * hourMs)).toBe(true);
  });
});
