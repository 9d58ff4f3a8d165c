import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CreateSetUpCode } from '../../../libs/device-registry/src/application/create-set-up-code.js';
import { SweepForgotten } from '../../../libs/device-registry/src/application/sweep-forgotten.js';
import { ATerminal, aTerminalOf, done, refused } from './a-terminal.js';
import { callers } from '../../support/context-alone.js';
import { type Registry, startRegistry } from './support.js';

let registry: Registry;
beforeAll(async () => {
  registry = await startRegistry();
});
afterAll(() => registry.stop());

/** Each test has a network of its own, for guesses are counted per network. */
let networks = 0;
const aNetwork = (): string => {
  networks += 1;
  return `203.0.113.${networks}`;
};

const aCode = async (accountId: string = randomUUID()) => {
  const by = { kind: 'user', id: randomUUID(), name: 'Max Manager' } as const;
  const { setUpCode } = await registry.get(CreateSetUpCode).execute({ accountId, accountName: 'Corner Café', by });
  return { accountId, setupCode: setUpCode };
};

const invalid = refused('invalid_setup_code');

async function bind(terminal: ATerminal, setupCode: string, address = aNetwork()) {
  return terminal.call('POST', 'setup/account', { body: { setupCode }, address });
}

async function aRegisteredTerminal(): Promise<ATerminal> {
  const terminal = await ATerminal.of(registry);
  done(await terminal.register(aNetwork()));
  return terminal;
}

const setUpWith = (terminal: ATerminal, setupCode: string) =>
  terminal.call('POST', 'setup', { body: { ...terminal.facts, setupCode }, address: aNetwork() });

describe('A set-up code', () => {
  it('is made at the console, is shown once and is stored as a keyed hash', async () => {
    const accountId = randomUUID();
    callers.set(accountId, {
      ...{ accountId, accountName: 'Corner Café', role: 'manager' },
      actor: { kind: 'user', id: randomUUID(), name: 'Max Manager' },
      permissions: { general: 'write', settings: 'read', processing: 'admin' },
      ...{ apiMode: true, currency: 'CAD', timeZone: 'America/Edmonton' },
      paymentDefaults: { deliverWithin: 10, payWithin: 120, tipping: null },
    });
    const headers = { 'api-token': accountId };
    const answer = await registry.app.inject({ method: 'POST', url: '/console/v1/setup-codes', headers });
    const body = answer.json<{ setupCode: string; expiresAt: string }>();
    expect(body.setupCode).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/);
    expect(Date.parse(body.expiresAt) - registry.clock.now().getTime()).toBe(10 * 60_000);
    const [row] = await registry.database.dataSource.query<{ text: string }[]>(
      'SELECT row_to_json(c)::text AS text FROM device_registry.setup_code c WHERE account_id = $1',
      [accountId],
    );
    expect(row?.text).not.toContain(body.setupCode.replace('-', ''));
    const told = registry.events.named('SetUpCodeCreated').filter((event) => event.accountId === accountId);
    expect(told).toMatchObject([{ data: { by: { name: 'Max Manager' }, expiresAt: body.expiresAt } }]);
    expect(JSON.stringify(told)).not.toContain(body.setupCode.slice(0, 4));
    expect(await bind(await aRegisteredTerminal(), body.setupCode)).toMatchObject({
      ...{ status: 200, body: { missing: ['network', 'app'], account: { id: accountId, name: 'Corner Café' } } },
    });
  });

  it('is used up by the first terminal that shows it, of many at once', async () => {
    const { setupCode } = await aCode();
    const terminals = await Promise.all(Array.from({ length: 6 }, aRegisteredTerminal));
    const answers = await Promise.all(terminals.map((terminal) => bind(terminal, setupCode.toLowerCase())));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const answer of answers.filter(({ status }) => status !== 200)) expect(answer).toMatchObject(invalid);
  });

  it('is valid for ten minutes', async () => {
    const [{ setupCode }, second] = [await aCode(), await aCode()];
    registry.clock.forward({ seconds: 599 });
    expect(await bind(await aRegisteredTerminal(), setupCode)).toMatchObject({ status: 200 });
    registry.clock.forward({ seconds: 1 });
    expect(await bind(await aRegisteredTerminal(), second.setupCode)).toMatchObject(invalid);
  });

  it('cannot be guessed: after twenty wrong ones from a network the right one is refused, for ten minutes', async () => {
    const [terminal, network, other] = [await aRegisteredTerminal(), aNetwork(), aNetwork()];
    for (let guess = 0; guess < 20; guess += 1)
      expect(await bind(terminal, 'BBBB-BBBB', network)).toMatchObject(invalid);
    const { setupCode } = await aCode();
    expect(await bind(terminal, setupCode, network)).toMatchObject(
      refused('too_many_requests', { retryAfterSeconds: 600 }),
    );
    expect(await bind(await aRegisteredTerminal(), setupCode, other)).toMatchObject({ status: 200 });
    registry.clock.forward({ seconds: 601 });
    expect(await bind(terminal, (await aCode()).setupCode, network)).toMatchObject({ status: 200 });
  });

  it('that is right is no guess: a whole delivery is set up from one network', async () => {
    const network = aNetwork();
    for (let i = 0; i < 25; i += 1) {
      const { setupCode } = await aCode();
      expect(await bind(await aRegisteredTerminal(), setupCode, network)).toMatchObject({ status: 200 });
    }
  });

  it('is not used up by a terminal that may not be bound', async () => {
    const { terminal, user } = await aTerminalOf(registry);
    const sql = 'UPDATE device_registry.device SET locked = true WHERE serial_number = $1';
    await registry.database.dataSource.query(sql, [terminal.serialNumber]);
    const { setupCode } = await aCode(user.accountId);
    expect(await bind(terminal, setupCode)).toMatchObject(refused('device_forbidden'));
    expect(await bind(await aRegisteredTerminal(), setupCode)).toMatchObject({ status: 200 });
  });

  it('is forgotten a day later, with what was guessed', async () => {
    await aCode();
    await bind(await aRegisteredTerminal(), 'BBBB-BBBB');
    registry.clock.forward({ seconds: 25 * 3600 });
    await registry.get(SweepForgotten).execute();
    const rows = await registry.database.dataSource.query<unknown[]>(
      'SELECT id::text FROM device_registry.setup_code UNION ALL SELECT network FROM device_registry.setup_code_guesses',
    );
    expect(rows).toEqual([]);
  });
});

describe('The first word of a terminal with a set-up code', () => {
  it('binds it at once', async () => {
    const { setupCode } = await aCode();
    expect(await setUpWith(await ATerminal.of(registry), setupCode)).toMatchObject({
      ...{ status: 200, body: { missing: ['network', 'app'] } },
    });
  });

  it('lets its new key stand for it; the old key and its session are over', async () => {
    const { terminal, user, deviceId } = await aTerminalOf(registry);
    const { sessionToken } = await terminal.loggedIn();
    const fresh = await ATerminal.of(registry, terminal.serialNumber);
    expect(await fresh.register(aNetwork())).toMatchObject(refused('device_known'));
    const { setupCode } = await aCode(user.accountId);
    expect(await setUpWith(fresh, setupCode)).toMatchObject({ status: 200, body: { deviceId, missing: [] } });
    expect(await terminal.renew(sessionToken)).toMatchObject(refused('unknown_device'));
    expect(await fresh.logIn()).toMatchObject({ status: 201 });
    expect(registry.events.namesOf(deviceId)).toEqual([
      ...['DeviceSetUp', 'DeviceLoggedIn', 'DeviceSessionEnded', 'DeviceLoggedIn'],
    ]);
  });

  it('takes no terminal away from another account, and the code stays good', async () => {
    const { terminal } = await aTerminalOf(registry);
    const fresh = await ATerminal.of(registry, terminal.serialNumber);
    const { setupCode } = await aCode();
    expect(await setUpWith(fresh, setupCode)).toMatchObject(refused('device_known'));
    expect(await terminal.logIn()).toMatchObject({ status: 201 });
    expect(await bind(await aRegisteredTerminal(), setupCode)).toMatchObject({ status: 200 });
  });

  it('does not let one key stand for two terminals', async () => {
    const { terminal, user } = await aTerminalOf(registry);
    const second = await aTerminalOf(registry, user);
    const { setupCode } = await aCode(user.accountId);
    expect(await setUpWith(terminal.renamed(second.terminal.serialNumber), setupCode)).toMatchObject(
      refused('device_known'),
    );
    expect(await second.terminal.logIn()).toMatchObject({ status: 201 });
  });
});
