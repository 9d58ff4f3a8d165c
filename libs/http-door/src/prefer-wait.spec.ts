import { describe, expect, it } from '@jest/globals';
import { localDateTime, preferredWait } from './index.js';

describe('preferredWait', () => {
  it.each([
    [undefined, 0],
    ['respond-async', 0],
    ['wait=30', 30_000],
    ['respond-async, wait=5', 5_000],
    ['Wait=7; foo', 7_000],
    ['wait=600', 60_000],
    ['wait=-1', 0],
    ['waiting=9', 0],
  ])('reads %p as %p milliseconds', (header, ms) => {
    expect(preferredWait(header)).toBe(ms);
  });
});

describe('localDateTime', () => {
  it('writes the time of the account, winter and summer', () => {
    expect(localDateTime(new Date('2026-01-15T06:30:05Z'), 'America/Edmonton')).toBe('2026-01-14 23:30:05');
    expect(localDateTime(new Date('2026-07-15T06:30:05Z'), 'America/Edmonton')).toBe('2026-07-15 00:30:05');
  });
});
