import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { CallerByToken, CreateApiAccess, OpenAccount, operator, SetApiMode } from '#accounts';
import { z } from 'zod';
import { ConfigurationError } from '#environment';
import type { PlatformConfig } from '../platform.config.js';
import { systemCode } from '../system-code.js';
import { writeWhole } from '../whole-file.js';

const demoAccount = z.object({
  url: z.string(),
  apiToken: z.string(),
  email: z.string(),
  password: z.string(),
  pin: z.string(),
  accountId: z.string(),
  currency: z.literal('CAD'),
});

/** What `tillgate simulate` and a first-time user need; kept in `demo.json`, readable by its owner only. */
export type DemoAccount = Readonly<z.output<typeof demoAccount>>;

/** Opens the demo account at the first start; later ones find it, unless the database is another one. Throws ConfigurationError when the file cannot be read. */
export async function openDemoAccount(app: INestApplicationContext, config: PlatformConfig): Promise<DemoAccount> {
  const file = join(config.home, 'demo.json');
  const kept = await readFile(file, 'utf8').then(
    (text) => parsed(text, file),
    (error: unknown) => {
      if (systemCode(error) === 'ENOENT') return undefined;
      throw new ConfigurationError(`TILLGATE_HOME: ${file} cannot be read (${systemCode(error) ?? 'error'})`);
    },
  );
  const known = kept && (await app.get(CallerByToken).execute(kept.apiToken)) ? kept : undefined;
  if (known?.url === config.publicUrl) return known;
  const demo = { ...(known ?? (await open(app))), url: config.publicUrl };
  await writeWhole(file, `${JSON.stringify(demo, null, 2)}\n`);
  return demo;
}

function parsed(text: string, file: string): DemoAccount {
  try {
    return demoAccount.parse(JSON.parse(text));
  } catch {
    throw new ConfigurationError(`TILLGATE_HOME: ${file} is damaged; delete it to get a new demo account`);
  }
}

async function open(app: INestApplicationContext): Promise<Omit<DemoAccount, 'url'>> {
  const login = {
    email: `demo-${randomBytes(3).toString('hex')}@tillgate.example`,
    password: randomBytes(12).toString('base64url'),
    pin: '1234',
  };
  const { accountId } = await app.get(OpenAccount).execute({
    name: 'Demo Coffee',
    country: 'CA',
    timeZone: 'America/Edmonton',
    administrator: { name: 'Demo Administrator', ...login },
  });
  await app.get(SetApiMode).execute({ accountId, enabled: true, by: operator });
  const permissions = { general: 'write', settings: 'write', processing: 'admin' } as const;
  const access = { accountId, name: 'Demo point of sale', permissions, by: operator };
  const { token: apiToken } = await app.get(CreateApiAccess).execute(access);
  return { apiToken, ...login, accountId, currency: 'CAD' };
}
