import { modes } from '../support/platform.js';
import { measureEvents } from './events.js';
import { measureIdleMemory } from './idle-memory.js';
import { measurePromptLatency } from './prompt-latency.js';
import { measureStart } from './start-time.js';
import { measureThroughput } from './throughput.js';
import { measureWaiting } from './waiting.js';

/** Prints what the platform does on this machine. Nothing is asserted: machines differ, and these share theirs with the load. */
async function main(): Promise<void> {
  const print = (line: string): void => {
    process.stdout.write(`${line}\n`);
  };
  print(`node ${process.version}, ${process.platform} ${process.arch}; the load runs on the same machine\n`);
  for (const line of await measureStart()) print(line);
  for (const mode of modes) print(await measurePromptLatency(mode));
  for (const mode of modes) print(await measureThroughput(mode));
  for (const mode of modes) for (const line of await measureEvents(mode)) print(line);
  for (const mode of modes) print(await measureIdleMemory(mode));
  for (const line of await measureWaiting()) print(line);
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
