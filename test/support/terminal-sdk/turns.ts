import { jest } from '@jest/globals';

/** Timers of the test's own, beside which signing and files really happen. */
export const useTestTimers = (now?: number): void => {
  jest.useFakeTimers({
    doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'],
    ...(now === undefined ? {} : { now }),
  });
};

const { setTimeout: really } = globalThis;

/** Waits until `check` holds, by the real clock: signing takes its own time. */
export async function until(what: string, check: () => boolean): Promise<void> {
  for (let turn = 0; turn < 5_000; turn += 1) {
    if (check()) return;
    await new Promise((resolve) => really(resolve, 2));
  }
  throw new Error(`never so: ${what}`);
}

/** As `until`, while moments pass: what comes next is planned by what was answered. (A wait of 0 ms that is planned by a test timer is one of 1 ms.) */
export async function untilPassed(what: string, check: () => boolean): Promise<void> {
  for (let turn = 0; turn < 2_000 && !check(); turn += 1) {
    await pass(1);
    await new Promise((resolve) => really(resolve, 2));
  }
  if (!check()) throw new Error(`never so: ${what}`);
}

/** Lets the time pass, and everything happen that waits for nothing but its turn. */
export async function pass(ms: number): Promise<void> {
  await jest.advanceTimersByTimeAsync(ms);
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
