import type { Finding } from '../../platform/src/index.js';

const marks: Readonly<Record<Finding['state'], string>> = { good: 'ok  ', warning: 'look', bad: 'BAD ' };

/** Examines the platform that this environment describes; ends with 1 when something is bad. */
export async function doctor(options: { home: string }): Promise<void> {
  const { examine } = await import('../../platform/src/index.js');
  let isBad = false;
  for await (const { about, state, says, todo } of examine({ ...process.env, TILLGATE_HOME: options.home })) {
    process.stdout.write(`${marks[state]}  ${about.padEnd(14)}${says}\n`);
    if (todo !== undefined) process.stdout.write(`${' '.repeat(20)}${todo}\n`);
    isBad ||= state === 'bad';
  }
  process.exitCode = isBad ? 1 : 0;
}
