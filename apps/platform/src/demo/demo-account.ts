import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { CreateApiAccess, OpenAccount, operator, SetApiMode } from '#accounts';
import type { PlatformConfig } from '../platform.config.js';

/** What `tillgate simulate` and a first-time user need; kept in `demo.json`, readable by its owner only. */
export interface DemoAccount {
  readonly url: string;
  readonly apiToken: string;
  readonly email: string;
  readonly password: string;
  readonly pin: string;
  readonly accountId: string;
  readonly currency: 'CAD';
}

/** Opens the demo account at the first start; later ones find it. */
export async function openDemoAccount(app: INestApplicationContext, config: PlatformConfig): Promise<DemoAccount> {
  const file = join(config.home, 'demo.json');
  const known = await readFile(file, 'utf8').then(
    (text) => JSON.parse(text) as DemoAccount,
    () => undefined,
  );
  const demo = { ...(known ?? (await open(app))), url: config.publicUrl };
  await writeFile(file, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 });
  return demo;
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
