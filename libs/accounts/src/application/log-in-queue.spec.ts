import { describe, expect, it } from '@jest/globals';
import { LogInQueue } from './log-in-queue.js';

describe('LogInQueue', () => {
  it('runs four at once, lets fifty wait, and turns away the rest', async () => {
    const queue = new LogInQueue();
    const finish: (() => void)[] = [];
    let most = 0;
    let running = 0;
    const work = async (): Promise<void> => {
      running += 1;
      most = Math.max(most, running);
      await new Promise<void>((done) => finish.push(done));
      running -= 1;
    };
    const results = Promise.allSettled(Array.from({ length: 60 }, () => queue.run(work)));
    for (let done = 0; done < 54; done += 1) {
      while (finish.length === 0) await Promise.resolve();
      finish.shift()?.();
    }
    const states = (await results).map(({ status }) => status);
    expect(states.filter((status) => status === 'rejected')).toHaveLength(6);
    expect(most).toBe(4);
  });

  it('gives its place to the next one when the work fails', async () => {
    const queue = new LogInQueue();
    const failing = Array.from({ length: 20 }, () => queue.run(() => Promise.reject(new Error('wrong'))));
    expect((await Promise.allSettled(failing)).every(({ status }) => status === 'rejected')).toBe(true);
    await expect(queue.run(() => Promise.resolve('room'))).resolves.toBe('room');
  });
});
