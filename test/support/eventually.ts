import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits until `check` neither throws nor answers false, and gives its answer. After `ms` it fails with `what` and the last reason.
 * A test waits for a condition, never for a time.
 */
export async function eventually<Result>(
  what: string,
  check: () => Result | Promise<Result>,
  ms = 30_000,
): Promise<Exclude<Result, false>> {
  const deadline = Date.now() + ms;
  for (;;) {
    const reason = await outcome(check);
    if ('result' in reason) return reason.result;
    if (Date.now() > deadline) throw new Error(`not so after ${ms} ms: ${what}`, { cause: reason.error });
    await sleep(25);
  }
}

async function outcome<Result>(
  check: () => Result | Promise<Result>,
): Promise<{ readonly result: Exclude<Result, false> } | { readonly error: unknown }> {
  try {
    const result = await check();
    return result === false
      ? { error: new Error('the check answers false') }
      : { result: result as Exclude<Result, false> };
  } catch (error) {
    return { error };
  }
}
