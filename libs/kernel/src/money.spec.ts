import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InvalidFieldError, Money } from './index.js';

const parse = (value: number): Money => Money.fromDecimal(value, 'CAD', 'transactionAmount');

describe('Money', () => {
  it('reads decimal units without float arithmetic', () => {
    expect(parse(19.99).minor).toBe(1999);
    expect(parse(0.1).minor).toBe(10);
    expect(parse(100).minor).toBe(10_000);
    expect(parse(999_999_999.99).minor).toBe(99_999_999_999);
  });

  it.each([1.005, 0.001, 1e-7, -1, 0, -0, 1e9, 1e21, Infinity, NaN, 2 ** 53])(
    'refuses %p and names the field',
    (value) => {
      expect(() => parse(value)).toThrow(InvalidFieldError);
      expect(() => parse(value)).toThrow(/^transactionAmount: /);
    },
  );

  it('gives back the very amount it was given', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999_999_999 }), (minor) => {
        expect(parse(Money.ofMinor(minor, 'CAD').toDecimal()).minor).toBe(minor);
      }),
    );
  });
});
