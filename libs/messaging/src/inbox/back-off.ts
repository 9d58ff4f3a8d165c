import { setTimeout as sleep } from 'node:timers/promises';

const firstMs = 100;
/** Twenty failures take about 25 s: long enough for a passing trouble, and a poison message is out of the way within half a minute. */
const longestMs = 2_000;

/** Milliseconds. Doubles with each attempt from 0 on, up to 2 s; half of it is random so that many do not come at once. */
export function backOff(attempt: number): number {
  const full = Math.min(longestMs, firstMs * 2 ** attempt);
  return (full + Math.random() * full) / 2;
}

/** Resolves after `ms`, or at once when `stop` fires; never rejects. */
export async function pause(ms: number, stop: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal: stop, ref: false }).catch(() => undefined);
}

/** Resolves or rejects as `work` does, but after `ms` rejects with `late`. What `work` does later is nobody's business any more. */
export async function within<Result>(ms: number, work: Promise<Result>, late: string): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(late));
    }, ms);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
