import { describe, expect, it } from '@jest/globals';
import { UsedProofs } from './used-proofs.js';

const second = 1000;

describe('UsedProofs', () => {
  it('takes a proof once', () => {
    const used = new UsedProofs();
    expect(used.use('a', 0)).toBe(true);
    expect(used.use('a', 0)).toBe(false);
    expect(used.use('b', 0)).toBe(true);
  });

  it('remembers it for two minutes, whenever its generation began, and then forgets it', () => {
    const used = new UsedProofs();
    used.use('first', 1_000 * second);
    used.use('late', 1_119 * second);
    expect(used.use('late', 1_121 * second)).toBe(false);
    expect(used.use('late', 1_238 * second)).toBe(false);
    expect(used.use('another', 1_242 * second)).toBe(true);
    expect(used.use('first', 1_242 * second)).toBe(true);
  });

  it('holds no more than two generations under a flood', () => {
    const used = new UsedProofs(10);
    for (let i = 0; i < 25; i += 1) used.use(`flood-${i}`, 0);
    expect(used.use('flood-24', 0)).toBe(false);
    expect(used.use('flood-0', 0)).toBe(true);
  });
});
