import type { WakeUps } from './ports.js';

/** A wake-up can be lost: so often a waiter looks by itself. */
const lookAgainMs = 2_000;

/** Reads until `done` says so or `ms` are over, again at each wake-up of the topic; gives the last thing read. */
export async function readUntil<Value>(
  wakeUps: WakeUps,
  waiting: { readonly topic: string; readonly ms: number; readonly abort?: AbortSignal },
  read: () => Promise<Value>,
  done: (value: Value) => boolean,
): Promise<Value> {
  const deadline = Date.now() + waiting.ms;
  for (;;) {
    const left = deadline - Date.now();
    const stop = new AbortController();
    const giveUp = waiting.abort ? AbortSignal.any([stop.signal, waiting.abort]) : stop.signal;
    // Waiting begins before reading, so that no signal falls between the two.
    const woken = wakeUps.wait(waiting.topic, Math.max(0, Math.min(left, lookAgainMs)), giveUp);
    const value = await read();
    if (done(value) || left <= 0 || waiting.abort?.aborted) {
      stop.abort();
      return value;
    }
    await woken;
  }
}
