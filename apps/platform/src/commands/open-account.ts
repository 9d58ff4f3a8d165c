import { CreateApiAccess, OpenAccount, operator } from '#accounts';
import { readSecrets } from '../secrets.js';
import { openAccounts } from './accounts-context.js';

export interface WantedMerchant {
  readonly databaseUrl: string;
  readonly secretsFile: string;
  readonly name: string;
  readonly country: 'CA' | 'US';
  readonly timeZone?: string;
  readonly administrator: { readonly name: string; readonly email: string; readonly password: string };
}

/** Opens a merchant's account with its first administrator and one API token that may do everything. */
export async function openMerchant(wanted: WantedMerchant): Promise<{ accountId: string; apiToken: string }> {
  const { pinKey } = await readSecrets(wanted.secretsFile, false);
  const app = await openAccounts({ databaseUrl: wanted.databaseUrl, pinKey });
  try {
    const { name, country, timeZone, administrator } = wanted;
    const account = { name, country, administrator, ...(timeZone === undefined ? {} : { timeZone }) };
    const { accountId } = await app.get(OpenAccount).execute(account);
    const permissions = { general: 'write', settings: 'write', processing: 'admin' } as const;
    const access = { accountId, name: 'First API access', permissions, by: operator };
    const { token: apiToken } = await app.get(CreateApiAccess).execute(access);
    return { accountId, apiToken };
  } finally {
    await app.close();
  }
}
