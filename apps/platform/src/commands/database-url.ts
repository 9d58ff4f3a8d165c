import { join } from 'node:path';
import { runningEmbeddedPostgres } from '#database/embedded';
import { ConfigurationError } from '#environment';
import type { PlatformConfig } from '../platform.config.js';

/** Where the platform that is configured so keeps its data. Rejects with ConfigurationError when its own database does not run. */
export async function databaseUrlOf({ databaseUrl, home }: PlatformConfig): Promise<string> {
  const url = databaseUrl ?? (await runningEmbeddedPostgres(join(home, 'postgres')));
  if (url === undefined) throw new ConfigurationError('the embedded database does not run: start the platform first');
  return url;
}
