import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeSecrets } from '../../../apps/platform/src/secrets.js';
import { aTestDatabase, type TestDatabase } from '../../support/database.js';
import { eventually } from '../../support/eventually.js';
import { freePort } from '../../../scripts/free-port.mjs';
import { TestProcess } from '../../support/process.js';

type Env = Readonly<Record<string, string>>;

const key = Buffer.alloc(32).toString('base64');
const noPoint = { kty: 'EC', crv: 'P-256', x: 'AAAA', y: 'AAAA', d: 'AAAA' };

describe('the platform as a process', () => {
  let folder: string;
  let database: TestDatabase;
  let taken: Server;
  let takenPort: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tillgate-test-'));
    await makeSecrets(join(folder, 'good.json'));
    await writeFile(join(folder, 'not-json.json'), 'canary');
    await writeFile(join(folder, 'file'), '');
    const secrets = { sessionKey: noPoint, pinKey: key, encryptionKey: key };
    await writeFile(join(folder, 'no-key.json'), JSON.stringify(secrets));
    const short = { ...secrets, pinKey: 'c2hvcnQ=' };
    await writeFile(join(folder, 'short-key.json'), JSON.stringify(short));
    database = await aTestDatabase({ contexts: [] });
    taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    takenPort = String(address !== null && typeof address === 'object' ? address.port : 0);
  });

  afterAll(async () => {
    taken.close();
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  });

  /** `<folder>` stands for the folder of this test, `<taken>` for a port that is taken. */
  const started = async (env: Env): Promise<TestProcess> => {
    const given = Object.entries(env).map(([name, value]) => [
      name,
      value.replace('<folder>', folder).replace('<taken>', takenPort),
    ]);
    const usual = { TILLGATE_HOME: join(folder, 'home'), DATABASE_URL: database.url, LOG_LEVEL: 'silent' };
    const port = String(await freePort());
    const all = { ...usual, PORT: port, ...(Object.fromEntries(given) as Env) };
    return TestProcess.start('platform', 'dist/apps/platform/src/main.js', all);
  };

  const wrong: [name: string, env: Env][] = [
    ['DATABASE_URL', { DATABASE_URL: 'mysql://canary' }],
    ['BROKER_URL', { BROKER_URL: 'http://canary', TILLGATE_SECRETS_FILE: '<folder>/good.json' }],
    ['BROKER_PREFIX', { BROKER_PREFIX: 'Canary' }],
    ['HOST', { HOST: 'canary canary' }],
    ['PORT', { PORT: 'canary' }],
    ['METRICS_PORT', { METRICS_PORT: '99999' }],
    ['TILLGATE_HOME', { TILLGATE_HOME: '<folder>/file/home' }],
    ['PUBLIC_URL', { PUBLIC_URL: 'canary.example' }],
    ['GATEWAY_URL', { GATEWAY_URL: 'https://canary.example' }],
    ['GATEWAY_EMBEDDED', { GATEWAY_EMBEDDED: 'canary' }],
    ['GATEWAY_EMBEDDED', { GATEWAY_EMBEDDED: 'false' }],
    ['TRUSTED_PROXIES', { TRUSTED_PROXIES: 'canary' }],
    ['ALLOWED_ORIGINS', { ALLOWED_ORIGINS: 'canary' }],
    ['TILLGATE_DEMO', { TILLGATE_DEMO: 'canary' }],
    ['LOG_LEVEL', { LOG_LEVEL: 'canary' }],
    ['TILLGATE_SECRETS_FILE', { TILLGATE_SECRETS_FILE: '<folder>/missing.json' }],
    ['TILLGATE_SECRETS_FILE', { TILLGATE_SECRETS_FILE: '<folder>/not-json.json' }],
    ['TILLGATE_SECRETS_FILE', { TILLGATE_SECRETS_FILE: '<folder>/no-key.json' }],
    ['TILLGATE_SECRETS_FILE', { TILLGATE_SECRETS_FILE: '<folder>/short-key.json' }],
    ['TILLGATE_SECRETS_FILE', { BROKER_URL: 'amqp://127.0.0.1' }],
  ];
  it.each(wrong)('stops at once and names %s for %j', async (name, env) => {
    const platform = await started(env);
    expect(await platform.exited()).toBe(1);
    expect(platform.output).toMatch(new RegExp(`^Configuration: ${name}\\b.*\\n$`));
    expect(platform.output).not.toMatch(/canary/i);
  });

  const unusable: [name: string, env: Env][] = [
    ['DATABASE_URL', { DATABASE_URL: 'postgres://a:canary@127.0.0.1:1/tillgate' }],
    ['PORT', { PORT: '<taken>' }],
    ['METRICS_PORT', { METRICS_PORT: '<taken>' }],
    ['HOST', { HOST: '192.0.2.1' }],
  ];
  it.each(unusable)('stops when it cannot use what a variable names, and names %s for %j', async (name, env) => {
    const platform = await started(env);
    expect(await platform.exited()).toBe(1);
    expect(platform.output).toMatch(new RegExp(`^Configuration: ${name}\\b.*\\n$`));
    expect(platform.output).not.toMatch(/canary/i);
  });

  it('stops, and says why, when its embedded PostgreSQL has ended', async () => {
    const home = join(folder, 'embedded');
    const port = String(await freePort());
    const platform = await started({ DATABASE_URL: '', TILLGATE_HOME: home, PORT: port });
    await eventually('it is ready', async () => (await fetch(`http://127.0.0.1:${port}/health/ready`)).ok, 60_000);
    const postmaster = await readFile(join(home, 'postgres/data/postmaster.pid'), 'utf8');
    process.kill(Number.parseInt(postmaster, 10), 'SIGQUIT');
    expect(await platform.exited()).toBe(1);
    expect(platform.output).toMatch(/^Tillgate stopped: The embedded PostgreSQL has ended: .+ Start again: .+$/m);
  });

  it('makes its secrets at the first start, for its owner only, and never where a file is named', async () => {
    const home = join(folder, 'new', 'home');
    const port = String(await freePort());
    const platform = await started({ TILLGATE_HOME: home, PORT: port });
    await eventually('it is ready', async () => (await fetch(`http://127.0.0.1:${port}/health/ready`)).ok, 60_000);
    await platform.stop();
    expect(await platform.exited()).toBe(0);
    expect(await readdir(home)).toEqual(['secrets.json']);
    expect((await stat(join(home, 'secrets.json'))).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).not.toContain('missing.json');
  });
});
