import { describe, expect, it } from '@jest/globals';
import { addressOf, fragmentOf } from './address.js';

describe('the address of the page', () => {
  it.each([
    ['', 1],
    ['?count=4', 4],
    ['?count=0', 1],
    ['?count=-3', 1],
    ['?count=1000', 8],
    ['?count=2.9', 2],
    ['?count=many', 1],
  ])('%j asks for %i terminals', (search, count) => {
    expect(addressOf({ search, hash: '' })).toMatchObject({ count });
  });

  it('brings a set-up code, and opens the options', () => {
    const asked = addressOf({ search: '?setupCode=BCDF-GHJK', hash: '#options' });
    expect(asked).toEqual({ count: 1, setUpCode: 'BCDF-GHJK', opensOptions: true });
  });

  it('names the screen, and the terminal where there are several', () => {
    expect(fragmentOf(1, 1, 'ready')).toBe('#ready');
    expect(fragmentOf(4, 2, 'ready')).toBe('#2-ready');
  });
});
