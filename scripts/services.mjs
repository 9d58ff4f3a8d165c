import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installRabbitmq } from './install-rabbitmq.mjs';
import { say } from './prepare.mjs';

/**
 * PostgreSQL and RabbitMQ for tests: what the environment names is used as it is, the rest is started here, on free ports
 * of loopback, in a folder of its own. `stop` ends only what was started here.
 */
export async function startServices() {
  const folder = await mkdtemp(join(tmpdir(), 'tillgate-services-'));
  const stops = [() => rm(folder, { recursive: true, force: true })];
  const stop = async () => {
    for (const one of stops.splice(0).reverse()) await one().catch((error) => console.error(String(error)));
  };
  try {
    const env = {
      TEST_DATABASE_URL: process.env.TEST_DATABASE_URL ?? process.env.DATABASE_URL ?? (await postgres(folder, stops)),
      TEST_BROKER_URL: process.env.TEST_BROKER_URL ?? process.env.BROKER_URL ?? (await rabbitmq(folder, stops)),
    };
    return { env, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function postgres(folder, stops) {
  say('Starting PostgreSQL …');
  const { startEmbeddedPostgres } = await import('#database/embedded');
  const server = await startEmbeddedPostgres({ dir: join(folder, 'postgres') });
  stops.push(() => server.stop());
  return server.url;
}

async function rabbitmq(folder, stops) {
  await installRabbitmq();
  say('Starting RabbitMQ …');
  const { startRabbitmq } = await import('./rabbitmq.mjs');
  const broker = await startRabbitmq({ dir: join(folder, 'rabbitmq') });
  stops.push(() => broker.stop());
  return broker.url;
}
