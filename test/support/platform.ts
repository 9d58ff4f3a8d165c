import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeSecrets } from '../../apps/platform/src/secrets.js';
import { connectedTo, dropTestDatabase } from './database.js';
import { freePort } from '../../scripts/free-port.mjs';
import { TestProcess } from './process.js';

export type Mode = 'embedded' | 'scaled';
export const modes: readonly Mode[] = ['embedded', 'scaled'];

const readyWithinMs = 30_000;

export interface TestPlatform {
  readonly mode: Mode;
  readonly url: string;
  readonly databaseUrl: string;
  readonly secretsFile: string;
  readonly folder: string;
  /** The variables that name the broker; none where events stay in the process. */
  readonly broker: Readonly<Record<string, string>>;
  readonly processes: readonly TestProcess[];
  /** Kills the process of this name, as a power cut does, and starts it again with the same environment. */
  killAndRestart(name: 'platform' | 'gateway'): Promise<void>;
  stop(): Promise<void>;
}

/**
 * The built apps as real processes on a database of their own. `embedded`: one process, events in process.
 * `scaled`: platform and gateway apart, on RabbitMQ, with a prefix of their own.
 */
export async function startPlatform(mode: Mode, extra: Readonly<Record<string, string>> = {}): Promise<TestPlatform> {
  const folder = await mkdtemp(join(tmpdir(), 'tillgate-e2e-'));
  const secretsFile = join(folder, 'secrets.json');
  await makeSecrets(secretsFile);
  const databaseUrl = await newDatabase();
  const [port, gatewayPort] = await Promise.all([freePort(), freePort()]);
  const url = `http://127.0.0.1:${port}`;
  const gatewayUrl = mode === 'scaled' ? `ws://127.0.0.1:${gatewayPort}` : `ws://127.0.0.1:${port}`;
  const shared = { LOG_LEVEL: 'warn', TILLGATE_HOME: folder, PUBLIC_URL: url, GATEWAY_URL: gatewayUrl, ...extra };
  const broker: Record<string, string> =
    mode === 'scaled' ? { BROKER_URL: brokerUrl(), BROKER_PREFIX: `test-${randomBytes(4).toString('hex')}` } : {};
  const platformEnv = {
    ...shared,
    ...broker,
    ...(mode === 'scaled' ? { GATEWAY_EMBEDDED: 'false' } : {}),
    PORT: String(port),
    DATABASE_URL: databaseUrl,
    TILLGATE_SECRETS_FILE: secretsFile,
  };
  const recipes = new Map<string, Recipe>();
  const processes: TestProcess[] = [];
  const start = async (name: string, recipe: Recipe): Promise<void> => {
    recipes.set(name, recipe);
    const started = TestProcess.start(name, recipe.script, recipe.env);
    const place = processes.findIndex((one) => one.name === name);
    if (place < 0) processes.push(started);
    else processes[place] = started;
    await untilReady(started, recipe.url);
  };
  const stop = async (): Promise<void> => {
    await Promise.all(processes.map((one) => one.stop()));
    await dropTestDatabase(databaseUrl);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await start('platform', { script: 'dist/apps/platform/src/main.js', env: platformEnv, url });
    if (mode === 'scaled') {
      const gatewayHttp = `http://127.0.0.1:${gatewayPort}`;
      const where = { PORT: String(gatewayPort), PUBLIC_URL: gatewayHttp, PLATFORM_URL: url };
      const script = 'dist/apps/gateway/src/main.js';
      await start('gateway', { script, env: { ...shared, ...broker, ...where }, url: gatewayHttp });
    }
  } catch (error) {
    await stop();
    throw error;
  }
  const killAndRestart = async (name: string): Promise<void> => {
    const recipe = recipes.get(name);
    if (!recipe) throw new Error(`there is no process ${name}`);
    await processes.find((one) => one.name === name)?.stop('SIGKILL');
    await start(name, recipe);
  };
  return { mode, url, databaseUrl, secretsFile, folder, broker, processes, killAndRestart, stop };
}

interface Recipe {
  readonly script: string;
  readonly env: Readonly<Record<string, string>>;
  readonly url: string;
}

async function newDatabase(): Promise<string> {
  const server = process.env.TEST_DATABASE_URL;
  if (!server) throw new Error('TEST_DATABASE_URL is not set: run npm test, which provides it');
  const name = `tillgate_test_${randomBytes(6).toString('hex')}`;
  await connectedTo(server, (client) => client.query(`CREATE DATABASE ${name}`));
  return Object.assign(new URL(server), { pathname: `/${name}` }).href;
}

function brokerUrl(): string {
  const url = process.env.TEST_BROKER_URL;
  if (!url) throw new Error('TEST_BROKER_URL is not set: run npm test, which provides it');
  return url;
}

async function untilReady(started: TestProcess, url: string): Promise<void> {
  const deadline = Date.now() + readyWithinMs;
  while (started.isRunning && Date.now() < deadline) {
    const ready = await fetch(`${url}/health/ready`).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${started.name} did not get ready:\n${started.output}`);
}
