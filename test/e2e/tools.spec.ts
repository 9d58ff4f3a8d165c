import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connectedTo } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { modes } from '../support/platform.js';
import { TestProcess } from '../support/process.js';
import { Receiver } from '../support/receiver.js';
import { type Merchant, World } from '../support/world.js';

const cli = 'dist/apps/cli/src/main.js';

describe.each(modes)('the tools, %s', (mode) => {
  let world: World;
  let merchant: Merchant;

  beforeAll(async () => {
    world = await World.start(mode);
    merchant = await world.merchant({ apiMode: false });
  });

  afterAll(async () => {
    await world.stop();
  });

  const switchApiMode = (enabled: boolean) =>
    world.call('PUT', '/v2/settings/api-mode', { token: merchant.token, body: { enabled } });

  const accounts = async (...args: string[]) => {
    const { databaseUrl, folder } = world.platform;
    const command = TestProcess.start('accounts', cli, { DATABASE_URL: databaseUrl }, [
      'accounts',
      ...args,
      '--home',
      folder,
    ]);
    const code = await command.exited();
    return { code, output: command.output };
  };
  const logInStatus = async (email: string, password: string) =>
    (await world.call('POST', '/console/v1/session', { body: { email, password } })).status;

  it('accounts: opens one whose administrator and token work, and resets a forgotten password', async () => {
    const email = `owner-${mode.length}@tools.example`;
    const opened = await accounts('open', '--name', 'Corner Coffee', '--email', email);
    expect(opened.code).toBe(0);
    const [, password = '', token = ''] = /"password": "(\S+)",\s+"apiToken": "(\S+)"/.exec(opened.output) ?? [];
    expect(await logInStatus(email, password)).toBe(204);
    expect((await world.call('GET', '/v2/connection-test', { token })).status).toBe(200);
    const reset = await accounts('reset-password', '--email', email.toUpperCase());
    expect(reset.code).toBe(0);
    const [, fresh = ''] = /"password": "(\S+)"/.exec(reset.output) ?? [];
    expect(await logInStatus(email, password)).toBe(401);
    expect(await logInStatus(email, fresh)).toBe(204);
    for (const [args, wrong] of [
      [['reset-password', '--email', 'nobody@tools.example'], 'The password was not reset: User Not Found'],
      [
        ['open', '--name', 'Twice', '--email', email],
        'The account was not opened: Another user has this e-mail address',
      ],
      [['open', '--name', 'X', '--email', 'x@tools.example', '--country', 'FR'], '--country must be CA or US'],
    ] as const)
      expect(await accounts(...args)).toEqual({ code: 1, output: `${wrong}\n` });
  });

  it('simulate: starts terminals that take payments, the same ones at each start, and says what keeps it from it', async () => {
    const shop = await world.merchant();
    const { url, folder } = world.platform;
    const home = join(folder, 'simulated');
    const simulate = () => TestProcess.start('simulate', cli, {}, ['simulate', '--count', '2', '--home', home]);
    const codesOf = async (simulation: TestProcess) => {
      await eventually('they listen', () => {
        expect(simulation.output).toContain('2 of 2 terminals are listening');
      });
      return [...simulation.output.matchAll(/"code":"(\w{4})"/g)].map(([, code = '']) => code).sort();
    };
    const nothing = simulate();
    expect(await nothing.exited()).toBe(1);
    expect(nothing.output).toContain('Run npm start first');

    await mkdir(home, { recursive: true });
    const { email, password, pin } = shop.administrator;
    const keep = (demo: object) => writeFile(join(home, 'demo.json'), JSON.stringify(demo));
    const demo = { url, email, password, pin, accountId: shop.accountId };
    await keep({ ...demo, password: 'another one' });
    const refused = simulate();
    expect(await refused.exited()).toBe(1);
    expect(refused.output).toContain('is not the right one any more');

    await keep(demo);
    const first = simulate();
    const codes = await codesOf(first);
    expect(codes).toHaveLength(2);
    for (const deviceCode of codes) {
      await eventually('it takes a payment', async () => {
        const { body } = await world.purchase(shop.token, deviceCode, 10, { prefer: 'wait=20' });
        expect(body).toMatchObject({ status: 'approved', deviceCode });
      });
    }
    await first.stop('SIGINT');
    expect(await first.exited()).toBe(0);
    const again = simulate();
    expect(await codesOf(again)).toEqual(codes);
    await again.stop('SIGINT');
    expect(await again.exited()).toBe(0);
  });

  it('listen: brings each event signed to a receiver, and goes on where it was stopped', async () => {
    const receiver = await Receiver.start();
    const start = () =>
      TestProcess.start('listen', cli, { TILLGATE_API_TOKEN: merchant.token }, [
        ...['listen', '--url', world.platform.url, '--home', world.platform.folder],
        ...['--forward-to', receiver.url, '--types', 'api_mode.changed'],
      ]);
    const first = start();
    await eventually('it listens', () => {
      receiver.secret = /secret (\S+)/.exec(first.output)?.[1] ?? '';
      expect(receiver.secret).not.toBe('');
    });
    const told = () => receiver.received.map(({ body }) => (body.data as { enabled: boolean }).enabled);
    // What happens at once is not missed.
    await switchApiMode(true);
    await switchApiMode(false);
    await eventually('both events arrive', () => {
      expect(told()).toEqual([true, false]);
    });
    await eventually('it wrote a line', () => {
      expect(first.output).toMatch(/api_mode\.changed {2}→ 200 in \d+ ms/);
    });
    await eventually('it has kept how far it came', async () => {
      const [name = ''] = (await readdir(world.platform.folder)).filter((one) => /^listen-.*\.json$/.test(one));
      const { after } = JSON.parse(await readFile(join(world.platform.folder, name), 'utf8')) as { after: number };
      expect(after).toBe(receiver.received.at(-1)?.body.sequence);
    });
    await first.stop();
    const before = told().length;
    await switchApiMode(true);
    const second = start();
    await eventually('what happened meanwhile arrives', () => {
      expect(told().slice(before)).toEqual([true]);
    });
    await second.stop();
    expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(receiver.received.length);
    expect(receiver.refused).toEqual([]);
    await receiver.stop();
  });

  it('listen: says what is wrong with a token, and ends', async () => {
    const listen = TestProcess.start('listen', cli, { TILLGATE_API_TOKEN: 'tg_api_wrong' }, [
      ...['listen', '--url', world.platform.url, '--home', world.platform.folder],
      ...['--forward-to', 'http://127.0.0.1:9/hook'],
    ]);
    expect(await listen.exited()).toBe(1);
    expect(listen.output).toContain('this API token is not known or not active');
  });

  const tool = async (
    args: readonly string[],
    more: Record<string, string> = {},
  ): Promise<{ code: number | null; output: string }> => {
    const { databaseUrl, secretsFile, folder, url, broker } = world.platform;
    const port = new URL(url).port;
    const env = { DATABASE_URL: databaseUrl, TILLGATE_SECRETS_FILE: secretsFile, PORT: port, ...broker, ...more };
    const process = TestProcess.start(args[0] ?? 'tool', cli, env, [...args, '--home', folder]);
    return { code: await process.exited(), output: process.output };
  };
  const doctor = (more: Record<string, string> = {}) => tool(['doctor'], more);

  it('doctor: finds a platform that is well', async () => {
    const { code, output } = await doctor();
    expect(output).not.toMatch(/BAD|look/);
    expect([...output.matchAll(/^ok +(\S+)/gm)].map(([, about]) => about)).toEqual([
      ...['configuration', 'secrets', 'database', 'clock', 'outbox', 'dead', 'webhooks'],
      ...(mode === 'scaled' ? ['broker'] : []),
      'platform',
    ]);
    expect(code).toBe(0);
  });

  it('doctor: names what is wrong, says what to do, and ends with 1', async () => {
    const wrong = { DATABASE_URL: 'postgres://tillgate:wrong@127.0.0.1:9/tillgate', BROKER_URL: 'amqp://127.0.0.1:9' };
    const { code, output } = await doctor(wrong);
    expect(output).toMatch(/BAD +database +cannot be reached: .*ECONNREFUSED/);
    expect(output).toMatch(/BAD +broker +cannot be reached: .*ECONNREFUSED/);
    expect(output).toContain('Start RabbitMQ, or correct BROKER_URL');
    expect(output).not.toContain('wrong@');
    expect(code).toBe(1);
  });

  it('events: shows what was put aside, has it tried again, and publishes again what was said', async () => {
    const cookie = await world.cookieOf(merchant.administrator);
    const seen = async () => (await world.call('GET', '/console/v1/dead-letters', { cookie })).body;
    expect(await seen()).toEqual({ data: [] });
    const { rows } = await connectedTo(world.platform.databaseUrl, (client) =>
      client.query<{ id: string; name: string }>(
        `INSERT INTO messaging.dead_letter (subscriber, message_id, event, reason)
         SELECT 'notifications', id, event, 'was ill' FROM messaging.outbox WHERE name = 'ApiModeChanged' AND event->>'accountId' = $1 LIMIT 1
         RETURNING message_id AS id, event->>'name' AS name`,
        [merchant.accountId],
      ),
    );
    const { id, name } = rows[0] ?? { id: '', name: '' };
    const letter = { id, event: name, subscriber: 'notifications', diedAt: expect.any(String), retrying: false };
    expect(await seen()).toEqual({ data: [letter] });
    expect((await doctor()).output).toMatch(/look +dead letters +1 events were put aside/);
    expect((await tool(['events', 'dead-letters'])).output).toMatch(
      new RegExp(`^${id} +notifications +${name} .* was ill\n`),
    );
    expect((await tool(['events', 'retry'])).output).toContain('1 will be tried again within seconds');
    const { body } = await world.call('POST', '/console/v1/dead-letters/retry', { cookie });
    expect((body as { retrying: number }).retrying).toBeLessThanOrEqual(1);
    await eventually('its subscriber had it', async () => {
      expect(await seen()).toEqual({ data: [] });
    });
    const republish = await tool(['events', 'republish', '--since', new Date(Date.now() - 3_600_000).toISOString()]);
    expect(republish.output).toMatch(/^[1-9]\d* events are published again/);
    expect((await tool(['events', 'republish', '--since', 'yesterday'])).output).toContain('Give a time such as');
  });
});
