import { randomBytes } from 'node:crypto';
import { CliError } from './cli-error.js';

export interface AccountOptions {
  readonly name: string;
  readonly country: string;
  readonly timeZone?: string;
  readonly email: string;
}

/** Opens a merchant's account, and shows its password and token this once. */
export async function openAccount(env: NodeJS.ProcessEnv, options: AccountOptions): Promise<void> {
  const { name, country, timeZone, email } = options;
  if (country !== 'CA' && country !== 'US') throw new CliError('--country must be CA or US');
  const password = randomPassword();
  const { openMerchant } = await import('../../platform/src/index.js');
  const { accountId, apiToken } = await openMerchant(env, {
    name,
    country,
    ...(timeZone === undefined ? {} : { timeZone }),
    administrator: { name: email, email, password },
  }).catch(notDone('The account was not opened'));
  print({ accountId, email, password, apiToken });
  process.stderr.write('Keep these: the password and the token are shown this once.\n');
}

/** Gives a user another password, shown this once. */
export async function resetPassword(env: NodeJS.ProcessEnv, { email }: { readonly email: string }): Promise<void> {
  const password = randomPassword();
  const platform = await import('../../platform/src/index.js');
  await platform.resetPassword(env, { email, password }).catch(notDone('The password was not reset'));
  print({ email, password });
  process.stderr.write(
    'Keep it: it is shown this once. Whoever is logged in to the console with the old one is out.\n',
  );
}

const randomPassword = (): string => randomBytes(15).toString('base64url');

const print = (result: object): void => void process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);

const notDone =
  (what: string) =>
  (error: unknown): never => {
    throw new CliError(`${what}: ${error instanceof Error ? error.message : String(error)}`);
  };
