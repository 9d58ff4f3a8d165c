import { join } from 'node:path';
import { UnusableDatabaseError } from '#database';
import { startEmbeddedPostgres } from '#database/embedded';
import { openDemoAccount } from './demo/demo-account.js';
import { welcome } from './demo/welcome.js';
import { ConfigurationError } from '#environment';
import { startPlatform } from './platform.js';
import { readConfig } from './platform.config.js';
import { readSecrets } from './secrets.js';

/** Starts what the configuration does not name, then the platform; ends it all again at SIGINT or SIGTERM. */
async function main(): Promise<void> {
  const ended = signalled();
  const config = readConfig(process.env);
  const secrets = await readSecrets(config.secretsFile, config.makeSecrets);
  const postgres =
    config.databaseUrl === null ? await startEmbeddedPostgres({ dir: join(config.home, 'postgres') }) : null;
  try {
    const platform = await startPlatform({ config, secrets, databaseUrl: config.databaseUrl ?? postgres?.url ?? '' });
    if (config.demo) process.stdout.write(welcome(config, await openDemoAccount(platform.app, config)));
    const failure = await Promise.race([ended, ...(postgres ? [postgres.failed] : [])]);
    // Without a database there is nothing to drain: devices and tills come back and ask.
    if (failure !== undefined) throw new Error(`${failure}. Start again: what was committed is kept`);
    await platform.stop();
  } finally {
    await postgres?.stop();
  }
}

/** One Ctrl-C may come from the terminal, from npm and from what started this process. */
const oneKeyMs = 500;

/** Listened to from the start, so that a start that is broken off still ends what it began. The first signal drains; a second one does not wait. */
function signalled(): Promise<void> {
  return new Promise((resolve) => {
    let firstAt: number | undefined;
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        firstAt ??= performance.now();
        // Whoever asks again does not want to wait for the drain: 130 is what a shell expects of an interrupted process.
        if (performance.now() - firstAt > oneKeyMs) process.exit(130);
        resolve();
      });
    }
  });
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${reasonOf(error)}\n`);
    process.exit(1);
  },
);

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return `Tillgate stopped: ${String(error)}`;
  if (error instanceof ConfigurationError) return `Configuration: ${error.message}`;
  if (error instanceof UnusableDatabaseError && process.env.DATABASE_URL)
    return `Configuration: DATABASE_URL: ${error.message}`;
  return `Tillgate stopped: ${error.message}`;
}
