import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { messagingSchema } from '#messaging';
import { sharedBroker, type SharedBroker } from '../../support/broker.js';
import { aTestDatabase, type TestDatabase } from '../../support/database.js';
import { eventually } from '../../support/eventually.js';
import type { DiesAt, Orders } from './process.js';
import { effectsOf, makeEffects, type Road } from './support.js';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const subscribers = ['alpha', 'beta'];

describe.each(['in-process', 'rabbitmq'] as const)('a process that is killed, %s', (kind) => {
  let database: TestDatabase;
  let broker: SharedBroker;
  let road: Road;
  let children: ChildProcess[] = [];

  const run = (diesAt: DiesAt, says: number): ChildProcess => {
    const orders: Orders = { road, subscribers, diesAt, says };
    const node = ['--import', here('../../support/typescript.mjs')];
    const child = spawn(process.execPath, [...node, here('./process.ts'), JSON.stringify(orders)], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    children.push(child);
    return child;
  };
  const killed = async (child: ChildProcess): Promise<void> => {
    const [, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    expect(signal).toBe('SIGKILL');
  };
  const committed = async (): Promise<string[]> => {
    const rows: { id: string }[] = await database.dataSource.query('SELECT id FROM messaging.outbox ORDER BY id');
    return rows.map(({ id }) => id);
  };
  const unsent = async (): Promise<number> => {
    const rows: unknown[] = await database.dataSource.query('SELECT 1 FROM messaging.outbox WHERE sent_at IS NULL');
    return rows.length;
  };
  const eachHadItsEffectOnce = async (count: number): Promise<void> => {
    const events = await committed();
    expect(events).toHaveLength(count);
    for (const subscriber of subscribers) {
      await eventually(
        `${subscriber} has seen each event once`,
        async () => {
          expect(await effectsOf(database.dataSource, subscriber)).toEqual(events);
        },
        30_000,
      );
    }
    await eventually('all rows are marked as sent', async () => (await unsent()) === 0);
  };

  beforeEach(async () => {
    database = await aTestDatabase({ contexts: [messagingSchema] });
    await makeEffects(database.dataSource);
    broker = sharedBroker();
    road = { databaseUrl: database.url, brokerUrl: kind === 'rabbitmq' ? broker.url : null, prefix: broker.prefix };
  });
  afterEach(async () => {
    for (const child of children) if (child.exitCode === null && child.signalCode === null) await stopped(child);
    children = [];
    await broker.clean(subscribers);
    await database.drop();
  });

  it('after the commit and before it published: the next one publishes', async () => {
    await killed(run('before-publish', 1));
    expect(await unsent()).toBe(1);
    for (const subscriber of subscribers) expect(await effectsOf(database.dataSource, subscriber)).toEqual([]);
    run('never', 2);
    await eventually('the next one has spoken', async () => (await committed()).length === 3, 30_000);
    await eachHadItsEffectOnce(3);
  });

  it('after it published and before it marked that: the repeat has no second effect', async () => {
    await killed(run('before-mark', 1));
    expect(await unsent()).toBe(1);
    run('never', 2);
    await eventually('the next one has spoken', async () => (await committed()).length === 3, 30_000);
    await eachHadItsEffectOnce(3);
  });

  it('after one reaction and before it acknowledged, in the middle of another: each has its effect once', async () => {
    await killed(run('before-ack', 1));
    run('never', 2);
    await eventually('the next one has spoken', async () => (await committed()).length === 3, 30_000);
    await eachHadItsEffectOnce(3);
  });
});

async function stopped(child: ChildProcess): Promise<void> {
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  await exit;
}
