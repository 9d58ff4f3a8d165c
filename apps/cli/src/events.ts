import { CliError } from './cli-error.js';

/** Prints what was put aside, a line each: id, subscriber, event, since when, and why. */
export async function listDead(env: NodeJS.ProcessEnv): Promise<void> {
  const { listDeadLetters } = await import('../../platform/src/index.js');
  const letters = await readable(listDeadLetters(env));
  for (const { id, subscriber, event, diedAt, reason, retrying } of letters)
    print(
      [id, subscriber, event ?? '(no event)', diedAt.toISOString(), retrying ? 'is tried again' : reason].join('  '),
    );
  print(letters.length === 0 ? 'Nothing was put aside.' : 'Mend the cause, then: tillgate events retry');
}

export async function retryDead(env: NodeJS.ProcessEnv): Promise<void> {
  const { retryDeadLetters } = await import('../../platform/src/index.js');
  const count = await readable(retryDeadLetters(env));
  print(`${count} will be tried again within seconds; tillgate events dead-letters shows what fails once more.`);
}

export async function republish(env: NodeJS.ProcessEnv, since: Date): Promise<void> {
  const { republishEvents } = await import('../../platform/src/index.js');
  const count = await readable(republishEvents(env, since));
  print(`${count} events are published again; what had its effect has none again.`);
}

const print = (line: string): void => void process.stdout.write(`${line}\n`);

const readable = <Result>(work: Promise<Result>): Promise<Result> =>
  work.catch((error: unknown) => {
    throw new CliError(`Not done: ${error instanceof Error ? error.message : String(error)}`);
  });
