import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { CliError } from './cli-error.js';

export interface AccountOptions {
  readonly name: string;
  readonly country: string;
  readonly timeZone?: string;
  readonly email: string;
  readonly home: string;
}

/** Opens a merchant's account in the database that DATABASE_URL names, and shows its password and token this once. */
export async function openAccount(options: AccountOptions): Promise<void> {
  const databaseUrl = process.env.DATABASE_URL;
  if (!databaseUrl) throw new CliError('DATABASE_URL is not set: name the database of the platform, postgres://…');
  const { name, country, timeZone, email, home } = options;
  if (country !== 'CA' && country !== 'US') throw new CliError('--country must be CA or US');
  const password = randomBytes(15).toString('base64url');
  const { openMerchant } = await import('../../platform/src/index.js');
  const { accountId, apiToken } = await openMerchant({
    databaseUrl,
    secretsFile: process.env.TILLGATE_SECRETS_FILE ?? join(home, 'secrets.json'),
    name,
    country,
    ...(timeZone === undefined ? {} : { timeZone }),
    administrator: { name: email, email, password },
  }).catch((error: unknown) => {
    throw new CliError(`The account was not opened: ${error instanceof Error ? error.message : String(error)}`);
  });
  process.stdout.write(`${JSON.stringify({ accountId, email, password, apiToken }, null, 2)}\n`);
  process.stderr.write('Keep these: the password and the token are shown this once.\n');
}
