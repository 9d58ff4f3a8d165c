import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DeadLetters, EventPublisher, messagingSchema } from '#messaging';
import { aTestDatabase, connectedTo, type TestDatabase } from '../../support/database.js';
import { eventually } from '../../support/eventually.js';
import { aDeviceUnpaired, anApp, effectsOf, makeEffects, reactionOf, type Road } from './support.js';

describe('events in process', () => {
  let database: TestDatabase;
  let road: Road;

  beforeEach(async () => {
    database = await aTestDatabase({ contexts: [messagingSchema] });
    await makeEffects(database.dataSource);
    road = { databaseUrl: database.url, brokerUrl: null, prefix: 'test' };
  });
  afterEach(() => database.drop());

  it('refuse a second process on the same database, and say what to do', async () => {
    const first = await anApp(road, [reactionOf('alpha')]);
    await expect(anApp(road, [reactionOf('alpha')])).rejects.toThrow('To run several, set BROKER_URL');
    await first.stop();
    const next = await anApp(road, [reactionOf('alpha')]);
    await next.stop();
  });

  it('do not begin anew with what was put aside, when the outbox says it once more', async () => {
    let tries = 0;
    const poison = reactionOf('alpha', () => {
      tries += 1;
      throw new Error('poison');
    });
    const { app, stop } = await anApp(road, [poison]);
    const event = aDeviceUnpaired();
    const content = Buffer.from(JSON.stringify(event));
    await app.get(DeadLetters).add({ subscriber: 'alpha', messageId: event.id, content, reason: 'poison' });
    await app.get(EventPublisher).publish(event);
    expect(tries).toBe(1);
    await stop();
  });

  it('keep the place when the connection that holds it breaks', async () => {
    const first = await anApp(road, [reactionOf('alpha')]);
    const holders = `SELECT pid FROM pg_stat_activity JOIN pg_locks USING (pid)
                      WHERE application_name = 'tillgate only process' AND datname = current_database()
                        AND locktype = 'advisory' AND granted`;
    // Only the owner of the server may look at connections and end them.
    const asOwner = <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> =>
      connectedTo(database.url, async (client) => (await client.query<Row>(sql, values)).rows);
    const pids = () => asOwner<{ pid: number }>(holders);
    const [before] = await pids();
    await asOwner('SELECT pg_terminate_backend($1)', [before?.pid]);
    await eventually('a new connection holds it', async () => {
      const [holder] = await pids();
      return holder !== undefined && holder.pid !== before?.pid;
    });
    await expect(anApp(road, [reactionOf('alpha')])).rejects.toThrow('set BROKER_URL');
    const event = aDeviceUnpaired();
    await first.say(event);
    await eventually('events go on', async () => {
      expect(await effectsOf(database.dataSource, 'alpha')).toEqual([event.id]);
    });
    await first.stop();
  });
});
