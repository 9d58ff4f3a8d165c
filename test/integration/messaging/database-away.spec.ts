import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#database/embedded';
import { EventPublisher, MessagingHealth } from '#messaging';
import { freePort } from '../../../scripts/free-port.mjs';
import { sharedBroker } from '../../support/broker.js';
import { eventually } from '../../support/eventually.js';
import { anApp, effectsOf, idsOf, makeEffects, many, reactionOf } from './support.js';

const awayMs = 30_000;

describe.each(['in-process', 'rabbitmq'] as const)('a database that is away for 30 s, %s', (kind) => {
  let dir: string;
  let postgres: EmbeddedPostgres;

  beforeAll(async () => {
    dir = join(await mkdtemp(join(tmpdir(), 'tillgate-test-')), 'postgres');
    // It comes back at the same port, which nobody takes in the meantime.
    postgres = await startEmbeddedPostgres({ dir, port: await freePort() });
  });
  afterAll(async () => {
    await postgres.stop();
    await rm(join(dir, '..'), { recursive: true, force: true });
  });

  it('costs no event, makes no dead letter and needs no restart', async () => {
    const broker = sharedBroker();
    const brokerUrl = kind === 'rabbitmq' ? broker.url : null;
    const road = { databaseUrl: postgres.url, brokerUrl, prefix: broker.prefix };
    const alpha = reactionOf('alpha', (_event, tx) => tx.manager.query('SELECT pg_sleep(0.05)'));
    const { app, say, stop } = await anApp(road, [alpha, reactionOf('beta')]);
    const health = app.get(MessagingHealth);
    const probe = await new DataSource({ type: 'postgres', url: postgres.url }).initialize();
    await makeEffects(probe);
    await probe.destroy();
    await eventually('the app is connected', () => health.isConnected);

    const committed = many(60);
    await say(...committed);
    await postgres.stop();
    const reported = many(20);
    const publisher = app.get(EventPublisher);
    await Promise.allSettled(reported.map((event) => publisher.publish(event)));
    await sleep(awayMs);
    postgres = await startEmbeddedPostgres({ dir, port: Number(new URL(postgres.url).port) });

    const again = await new DataSource({ type: 'postgres', url: postgres.url }).initialize();
    for (const subscriber of ['alpha', 'beta']) {
      await eventually(
        `${subscriber} has seen each event once`,
        async () => {
          expect(await effectsOf(again, subscriber)).toEqual(idsOf([...committed, ...reported]));
        },
        60_000,
      );
    }
    await eventually('nothing is left to send', async () => (await health.facts()).unsent === 0);
    expect((await health.facts()).deadLetters).toBe(0);
    await again.destroy();
    await stop();
    await broker.clean(['alpha', 'beta']);
  });
});
