import { describe, expect, it } from '@jest/globals';
import { sessionCookieOf } from './console-session-cookie.js';

describe('the console session in a cookie header', () => {
  it.each([
    [undefined, undefined],
    ['', undefined],
    ['theme=dark', undefined],
    ['x_tillgate_session=1', undefined],
    ['tillgate_session=tg', 'tg'],
    ['theme=dark; tillgate_session=tg; lang=en', 'tg'],
    ['theme=dark;tillgate_session=tg', 'tg'],
  ])('of %j is %j', (header, session) => {
    expect(sessionCookieOf(header)).toBe(session);
  });
});
