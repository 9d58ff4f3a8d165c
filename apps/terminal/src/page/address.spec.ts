import { describe, expect, it } from '@jest/globals';
import { addressOf, fragmentOf, queryOf } from './address.js';

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
    expect(asked).toEqual({ count: 1, first: null, setUpCode: 'BCDF-GHJK', opensOptions: true });
  });

  it.each([
    ['?terminal=3', 3],
    ['?terminal=0', null],
    ['?terminal=-1', null],
    ['?terminal=1000', null],
    ['?terminal=two', null],
    [queryOf('?setupCode=BCDF-GHJK', 2), 2],
  ])('%j asks for the terminal %j', (search, first) => {
    expect(addressOf({ search, hash: '' })).toMatchObject({ first });
  });

  it('keeps what else was asked for when it says which terminal it is about', () => {
    expect(queryOf('?setupCode=BCDF-GHJK', 2)).toBe('?setupCode=BCDF-GHJK&terminal=2');
  });

  it('names the screen, and the terminal where there are several', () => {
    expect(fragmentOf(1, 1, 'ready')).toBe('#ready');
    expect(fragmentOf(4, 2, 'ready')).toBe('#2-ready');
  });
});
