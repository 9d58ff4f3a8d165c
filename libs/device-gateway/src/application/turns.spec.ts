import { describe, expect, it } from '@jest/globals';
import { Turns } from './turns.js';

describe('turns', () => {
  it('never lets more run than agreed, and runs all', async () => {
    const turns = new Turns(3);
    let running = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, (running += 1));
      await new Promise(setImmediate);
      running -= 1;
      return 1;
    };
    const done = await Promise.all(Array.from({ length: 20 }, () => turns.run(work)));
    expect([most, done.length]).toEqual([3, 20]);
  });

  it('gives the turn on after a failure', async () => {
    const turns = new Turns(1);
    await expect(turns.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(turns.run(() => Promise.resolve('yes'))).resolves.toBe('yes');
  });
});
