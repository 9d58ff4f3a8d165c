import { ConfigurationError } from '#environment';
import { startGateway } from './gateway.js';
import { readConfig } from './gateway.config.js';

async function main(): Promise<void> {
  const gateway = await startGateway(readConfig(process.env));
  await signalled();
  await gateway.stop();
}

/** The first signal drains; a second one does not wait. */
function signalled(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(130));
        resolve();
      });
    }
  });
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    const text = error instanceof Error ? error.message : String(error);
    const what = error instanceof ConfigurationError ? 'Configuration' : 'The gateway stopped';
    process.stderr.write(`${what}: ${text}\n`);
    process.exit(1);
  },
);
