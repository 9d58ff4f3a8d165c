import { describe, expect, it } from '@jest/globals';
import { Attempts } from './attempts.js';

describe('the key of a payment', () => {
  it('stays with an order until it is accepted or changed, and is one that the platform takes', () => {
    const attempts = new Attempts();
    const first = attempts.keyOf({ amount: 1 });
    expect(first).toMatch(/^[0-9a-f]{32}$/);
    expect(attempts.keyOf({ amount: 1 })).toBe(first);
    const changed = attempts.keyOf({ amount: 2 });
    expect(changed).not.toBe(first);
    attempts.accepted();
    expect(attempts.keyOf({ amount: 2 })).not.toBe(changed);
  });
});
