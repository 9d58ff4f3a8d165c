import { randomInt } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { codeAlphabet, randomCode } from './device-code.js';

describe('a device code', () => {
  it('is made of four characters that nobody mistakes for another, and spells no word', () => {
    expect(codeAlphabet).not.toMatch(/[01OILAEU]/i);
    expect(new Set(codeAlphabet).size).toBe(codeAlphabet.length);
    for (let i = 0; i < 1000; i += 1) expect(randomCode(randomInt)).toMatch(/^[2-9BCDFGHJKMNPQRSTVWXYZ]{4}$/);
  });

  it('can use every character of the alphabet', () => {
    const highest = randomCode((below) => below - 1);
    const lowest = randomCode(() => 0);
    expect([lowest, highest]).toEqual(['2222', 'ZZZZ']);
  });
});
