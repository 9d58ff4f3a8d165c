import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'amqplib';

/** A RabbitMQ that one test may stop, kill, freeze and empty as it likes. */
export interface OwnBroker {
  readonly url: string;
  start(): Promise<void>;
  stop(): Promise<void>;
  kill(): Promise<void>;
  /** Killed, its data folder deleted, started again. */
  wipe(): Promise<void>;
  /** A memory alarm: it reads nothing more from whoever publishes. */
  alarm(on: boolean): Promise<void>;
  freeze(): void;
  thaw(): void;
  /** Stopped, and its folder deleted. */
  remove(): Promise<void>;
}

interface Script {
  startRabbitmq(where: { readonly dir: string }): Promise<Omit<OwnBroker, 'remove'>>;
}

const script = new URL('../../scripts/rabbitmq.mjs', import.meta.url).href;

export async function startBroker(): Promise<OwnBroker> {
  const { startRabbitmq } = (await import(script)) as Script;
  const dir = await mkdtemp(join(tmpdir(), 'tillgate-test-rabbitmq-'));
  const broker = await startRabbitmq({ dir });
  return {
    ...broker,
    remove: async () => {
      await broker.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

export interface SharedBroker {
  readonly url: string;
  /** Of this test alone. */
  readonly prefix: string;
  /** Deletes what the platform declared under the prefix for these subscribers. */
  clean(subscribers: readonly string[]): Promise<void>;
}

/** The RabbitMQ that all tests share, and a prefix of one's own in it. */
export function sharedBroker(): SharedBroker {
  const url = process.env.TEST_BROKER_URL;
  if (!url) throw new Error('TEST_BROKER_URL is not set: run npm test, which provides it');
  const prefix = `test-${randomBytes(6).toString('hex')}`;
  return { url, prefix, clean: (subscribers) => clean(url, prefix, subscribers) };
}

async function clean(url: string, prefix: string, subscribers: readonly string[]): Promise<void> {
  const connection = await connect(url);
  const channel = await connection.createChannel();
  for (const subscriber of subscribers) {
    await channel.deleteQueue(`${prefix}.${subscriber}`);
    await channel.deleteQueue(`${prefix}.${subscriber}.dead`);
  }
  for (const exchange of ['events', 'dead-letters', 'wake-ups']) await channel.deleteExchange(`${prefix}.${exchange}`);
  await connection.close();
}
