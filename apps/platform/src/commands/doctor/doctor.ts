import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { runningEmbeddedPostgres } from '#database/embedded';
import { ConfigurationError } from '#environment';
import { type PlatformConfig, readConfig } from '../../platform.config.js';
import { readSecrets } from '../../secrets.js';
import { lookAtDatabase } from './database.js';
import { bad, type Finding, good, warning, wordsOf } from './finding.js';
import { lookAtBroker, lookAtPlatform } from './processes.js';

/** Looks at everything that a platform with this environment needs, and changes nothing. Findings come as they are made. */
export async function* examine(env: NodeJS.ProcessEnv): AsyncGenerator<Finding> {
  let config: PlatformConfig;
  try {
    config = readConfig(env);
  } catch (error) {
    yield bad('configuration', wordsOf(error), 'Correct this variable; apps/platform/README.md lists them all.');
    return;
  }
  yield good('configuration', `home ${config.home}, ${config.publicUrl}`);
  yield await lookAtSecrets(config);
  const databaseUrl = config.databaseUrl ?? (await runningEmbeddedPostgres(join(config.home, 'postgres')));
  if (databaseUrl === undefined)
    yield warning('database', 'the embedded one does not run', 'Start the platform with npm start.');
  const { findings, queues } = databaseUrl === undefined ? nothing : await lookAtDatabase(databaseUrl);
  yield* findings;
  if (config.brokerUrl !== null) yield* await lookAtBroker(config.brokerUrl, queues);
  yield* await lookAtPlatform(config.publicUrl, config.host, config.port);
}

const nothing = { findings: [], queues: [] };

async function lookAtSecrets({ secretsFile, makeSecrets }: PlatformConfig): Promise<Finding> {
  const isThere = await access(secretsFile).then(
    () => true,
    () => false,
  );
  if (!isThere && makeSecrets) return good('secrets', `will be made at the first start, in ${secretsFile}`);
  try {
    await readSecrets(secretsFile, false);
    return good('secrets', `${secretsFile} is whole`);
  } catch (error) {
    const todo = 'Restore the file from your backup: without it PINs, sessions and webhook secrets are worthless.';
    return bad('secrets', error instanceof ConfigurationError ? error.message : wordsOf(error), todo);
  }
}
