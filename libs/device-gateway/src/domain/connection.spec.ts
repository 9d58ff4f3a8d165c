import { describe, expect, it } from '@jest/globals';
import { isNewer } from './connection.js';

const rank = (sessionNumber: number, connectSequence: number) => ({ sessionNumber, connectSequence });

describe('which connection of a device is newer', () => {
  it('is told by the connect count within a session', () => {
    expect(isNewer(rank(1, 2), rank(1, 1))).toBe(true);
    expect(isNewer(rank(1, 1), rank(1, 2))).toBe(false);
  });

  it('is told by the session first, so that logging in again always wins', () => {
    expect(isNewer(rank(2, 1), rank(1, 99))).toBe(true);
    expect(isNewer(rank(1, 99), rank(2, 1))).toBe(false);
  });

  it('is not the one that says the same again', () => {
    expect(isNewer(rank(1, 1), rank(1, 1))).toBe(false);
  });
});
