import type { INestApplicationContext } from '@nestjs/common';
import { CreateApiAccess, OpenAccount, operator, ResetPassword } from '#accounts';
import { readConfig } from '../platform.config.js';
import { readSecrets } from '../secrets.js';
import { openAccounts } from './accounts-context.js';
import { databaseUrlOf } from './database-url.js';

export interface WantedMerchant {
  readonly name: string;
  readonly country: 'CA' | 'US';
  readonly timeZone?: string;
  readonly administrator: { readonly name: string; readonly email: string; readonly password: string };
}

/** Opens a merchant's account, on the platform that this environment describes, with one API token that may do everything. */
export const openMerchant = (env: NodeJS.ProcessEnv, wanted: WantedMerchant) =>
  withAccounts(env, async (app) => {
    const { accountId } = await app.get(OpenAccount).execute(wanted);
    const permissions = { general: 'write', settings: 'write', processing: 'admin' } as const;
    const access = { accountId, name: 'First API access', permissions, by: operator };
    const { token: apiToken } = await app.get(CreateApiAccess).execute(access);
    return { accountId, apiToken };
  });

/** For a user who forgot it, when no administrator of the account can help; the console sessions of the old one end. */
export const resetPassword = (env: NodeJS.ProcessEnv, user: { readonly email: string; readonly password: string }) =>
  withAccounts(env, (app) => app.get(ResetPassword).execute(user));

async function withAccounts<Result>(
  env: NodeJS.ProcessEnv,
  work: (app: INestApplicationContext) => Promise<Result>,
): Promise<Result> {
  const config = readConfig(env);
  const { pinKey } = await readSecrets(config.secretsFile, false);
  const app = await openAccounts({ databaseUrl: await databaseUrlOf(config), pinKey });
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}
