import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SweepForgotten } from '../../../libs/device-registry/src/application/sweep-forgotten.js';
import { DeviceRepository } from '../../../libs/device-registry/src/infrastructure/device.repository.js';
import { eventually } from '../../support/eventually.js';
import { ATerminal, aTerminalOf, done, refused } from './a-terminal.js';
import { isWaiting, type Registry, startRegistry } from './support.js';

let registry: Registry;
beforeAll(async () => {
  registry = await startRegistry();
});
afterAll(() => registry.stop());

const allSteps = ['network', 'app', 'account'];
const idOf = ({ body }: { body: unknown }): string => (body as { deviceId: string }).deviceId;

async function countOf(serialNumber: string): Promise<number> {
  const sql = 'SELECT count(*)::int AS n FROM device_registry.device WHERE serial_number = $1';
  const rows = await registry.database.dataSource.query<{ n: number }[]>(sql, [serialNumber]);
  return rows[0]?.n ?? -1;
}

describe('The first word of a terminal', () => {
  it('makes it a device with all steps before it', async () => {
    const terminal = await ATerminal.of(registry);
    const { serialNumber } = terminal;
    expect(await terminal.register()).toEqual({
      status: 200,
      body: { deviceId: expect.any(String), serialNumber, model: 'T1', missing: allSteps },
    });
  });

  it('may be said again, and says how far the set-up is', async () => {
    const terminal = await ATerminal.of(registry);
    const first = await terminal.register();
    done(await terminal.call('POST', 'setup/app', { body: { appVersion: '1.10.0' } }));
    const again = await terminal.register();
    expect(again.body).toMatchObject({ deviceId: idOf(first), missing: ['network', 'account'] });
    expect(await countOf(terminal.serialNumber)).toBe(1);
  });

  it('said many times at once makes one device', async () => {
    const terminal = await ATerminal.of(registry);
    const answers = await Promise.all(Array.from({ length: 12 }, (_, i) => terminal.register(`198.51.100.${i}`)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(new Set(answers.map(idOf)).size).toBe(1);
    expect(await countOf(terminal.serialNumber)).toBe(1);
  });

  it('with the serial number of another key is refused, and changes nothing', async () => {
    const [terminal, thief] = [await ATerminal.of(registry, 'SN-KNOWN'), await ATerminal.of(registry, 'SN-KNOWN')];
    const known = idOf(await terminal.register());
    expect(await thief.register()).toMatchObject(refused('device_known'));
    expect(await thief.call('POST', 'setup/network', { body: { deviceTime: '2026-11-23' } })).toMatchObject(
      refused('unknown_device'),
    );
    expect(idOf(await terminal.register())).toBe(known);
  });

  it('by many keys at once for one serial number makes one device; the other keys are refused', async () => {
    const serialNumber = 'SN-CONTESTED';
    const terminals = await Promise.all(Array.from({ length: 8 }, () => ATerminal.of(registry, serialNumber)));
    const answers = await Promise.all(terminals.map((one, i) => one.register(`198.51.100.${100 + i}`)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const { status, body } of answers) if (status !== 200) expect(body).toMatchObject({ code: 'device_known' });
    expect(await countOf(serialNumber)).toBe(1);
  });

  it('with the key of another serial number is refused, also at once', async () => {
    const terminal = await ATerminal.of(registry);
    await terminal.register();
    expect(await terminal.renamed('SN-SECOND').register()).toMatchObject(refused('device_known'));
    const fresh = await ATerminal.of(registry, 'SN-TWIN-0');
    const twins = [0, 1, 2, 3].map((i) => fresh.renamed(`SN-TWIN-${i}`));
    const answers = await Promise.all(twins.map((twin) => twin.register()));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('with the serial number of one device and the key of another is refused', async () => {
    const [terminal, other] = [await ATerminal.of(registry), await ATerminal.of(registry)];
    await terminal.register();
    await other.register();
    expect(await terminal.renamed(other.serialNumber).register()).toMatchObject(refused('device_known'));
  });

  it('that shows another key than the proof is refused', async () => {
    const [terminal, other] = [await ATerminal.of(registry), await ATerminal.of(registry)];
    const body = { ...terminal.facts, publicKey: other.publicKey };
    expect(await terminal.call('POST', 'setup', { body })).toMatchObject(refused('invalid_proof'));
    expect(await countOf(terminal.serialNumber)).toBe(0);
  });
});

describe('Devices without an account', () => {
  /** As if they had spoken from there. */
  async function crowd(network: string, count: number, registeredAt = registry.clock.now()): Promise<void> {
    await registry.database.dataSource.query(
      `INSERT INTO device_registry.device (id, version, sequence, serial_number, model, app_version, public_key,
         key_thumbprint, registered_at, registered_from, network_checked, app_installed, last_session_number, locked, retired)
       SELECT gen_random_uuid(), 1, 0, 'crowd ' || $1 || n, 'T1', '1.10.0', '{}', 'crowd ' || $1 || n, $3, $1, false,
         false, 0, false, false FROM generate_series(1, $2::int) n`,
      [network, count, registeredAt],
    );
  }

  const terminals = (count: number) => Promise.all(Array.from({ length: count }, () => ATerminal.of(registry)));

  it('are at most 500 per network, also when they come at once', async () => {
    await crowd('203.0.113.9', 498);
    const answers = await Promise.all((await terminals(6)).map((one) => one.register('203.0.113.9')));
    const refusals = answers.filter(({ status }) => status !== 200);
    expect(refusals).toHaveLength(4);
    for (const refusal of refusals)
      expect(refusal).toMatchObject(refused('too_many_requests', { retryAfterSeconds: 3600 }));
  });

  it('of one network stand in the way of no other, nor of who is known already', async () => {
    const [known, elsewhere] = [await ATerminal.of(registry), await ATerminal.of(registry)];
    await known.register('203.0.113.10');
    await crowd('203.0.113.10', 500);
    expect(await elsewhere.register('203.0.113.11')).toMatchObject({ status: 200 });
    expect(await known.register('203.0.113.10')).toMatchObject({ status: 200 });
    expect(await (await ATerminal.of(registry)).register('203.0.113.10')).toMatchObject(refused('too_many_requests'));
  });

  it('are counted together over the addresses of one IPv6 network, and not once they have an account', async () => {
    const user = registry.users.add();
    const terminal = await ATerminal.of(registry);
    await terminal.register('2001:db8:0:7::1');
    await crowd('2001:db8:0:7::/64', 499);
    const late = await ATerminal.of(registry);
    expect(await late.register('2001:db8:0:7:ffff::2')).toMatchObject(refused('too_many_requests'));
    done(await terminal.bind(user.email));
    expect(await late.register('2001:db8:0:7:ffff::2')).toMatchObject({ status: 200 });
  });

  it('are forgotten after a day; a device with an account never', async () => {
    const { terminal: bound } = await aTerminalOf(registry);
    const [old, young] = [await ATerminal.of(registry), await ATerminal.of(registry)];
    await old.register();
    registry.clock.forward({ seconds: 2 });
    await young.register();
    registry.clock.forward({ seconds: 24 * 60 * 60 - 1 });
    await registry.get(SweepForgotten).execute();
    const counts = [bound, old, young].map(({ serialNumber }) => countOf(serialNumber));
    expect(await Promise.all(counts)).toEqual([1, 0, 1]);
    expect((await old.register()).body).toMatchObject({ missing: allSteps });
  });

  it('are not forgotten in the very moment in which they get one', async () => {
    const terminal = await ATerminal.of(registry);
    const id = idOf(await terminal.register());
    registry.clock.forward({ seconds: 25 * 60 * 60 });
    const devices = registry.get(DeviceRepository);
    let sweeping: Promise<void> | undefined;
    await registry.database.unitOfWork.run(async (tx) => {
      const device = await devices.get(tx, id);
      sweeping = registry.get(SweepForgotten).execute();
      await eventually('the sweep waits for the device', () => isWaiting(registry, 'DELETE'));
      device.bindTo(randomUUID(), registry.clock.now());
      await devices.save(tx, device);
    });
    await sweeping;
    expect(await countOf(terminal.serialNumber)).toBe(1);
  });
});

describe('The steps of the set-up', () => {
  it('are done one by one; the last one tells that the device is set up', async () => {
    const { email, accountId, accountName } = registry.users.add({ role: 'manager' });
    const terminal = await ATerminal.of(registry);
    const deviceId = idOf(await terminal.register());
    const serverTime = registry.clock.now().toISOString();
    const network = await terminal.call('POST', 'setup/network', { body: { deviceTime: serverTime } });
    expect(network.body).toEqual({ serverTime, missing: ['app', 'account'] });
    const app = await terminal.call('POST', 'setup/app', { body: { appVersion: '1.9.0' } });
    expect(app.body).toEqual({ missing: ['account'] });
    expect(registry.events.of(deviceId)).toEqual([]);
    expect(await terminal.bind(email)).toEqual({
      status: 200,
      body: { missing: [], account: { id: accountId, name: accountName } },
    });
    const state = { serialNumber: terminal.serialNumber, model: 'T1', appVersion: '1.9.0', session: null };
    expect(registry.events.of(deviceId)).toMatchObject([
      { name: 'DeviceSetUp', sequence: 1, accountId, data: { deviceId, accountId, ...state } },
    ]);
  });

  it.each(['1.8.9', '0.99.99', '1.8.99-beta'])('ask for a newer app than %s', async (appVersion) => {
    const terminal = await ATerminal.of(registry);
    await terminal.register();
    const answer = await terminal.call('POST', 'setup/app', { body: { appVersion } });
    expect(answer).toMatchObject(refused('app_update_required', { minimum: '1.9.0' }));
    expect((await terminal.register()).body).toMatchObject({ missing: allSteps });
  });

  it.each(['1.9.0', '1.10.0', '2.0.0', '1.9.1-rc.1'])('are content with the app %s', async (appVersion) => {
    const terminal = await ATerminal.of(registry);
    await terminal.register();
    const answer = await terminal.call('POST', 'setup/app', { body: { appVersion } });
    expect(answer.body).toEqual({ missing: ['network', 'account'] });
  });

  it('bind to no account for a member of the staff, nor for a wrong password', async () => {
    const staff = registry.users.add({ role: 'staff' });
    const terminal = await ATerminal.of(registry);
    await terminal.register();
    expect(await terminal.bind(staff.email)).toMatchObject(refused('forbidden'));
    const body = { email: staff.email, password: 'wrong' };
    expect(await terminal.call('POST', 'setup/account', { body })).toMatchObject(refused('invalid_credentials'));
    expect((await terminal.register()).body).toMatchObject({ missing: allSteps });
  });

  it('move a device to another account: its session there has ended, and its token is worth nothing', async () => {
    const { terminal, user, deviceId } = await aTerminalOf(registry);
    const { sessionToken } = await terminal.loggedIn();
    const other = registry.users.add();
    done(await terminal.bind(other.email));
    expect(registry.events.of(deviceId).slice(-2)).toMatchObject([
      { name: 'DeviceSessionEnded', accountId: user.accountId, data: { reason: 'moved', session: null } },
      { name: 'DeviceSetUp', accountId: other.accountId, data: { accountId: other.accountId } },
    ]);
    expect(await terminal.renew(sessionToken)).toMatchObject(refused('session_ended'));
    expect((await terminal.logIn()).body).toMatchObject({ account: { id: other.accountId }, session: { number: 2 } });
  });

  it('are refused to a key that nobody knows', async () => {
    const terminal = await ATerminal.of(registry);
    const { email } = registry.users.add();
    expect(await terminal.bind(email)).toMatchObject(refused('unknown_device'));
    expect(await terminal.logIn()).toMatchObject(refused('unknown_device'));
  });
});
