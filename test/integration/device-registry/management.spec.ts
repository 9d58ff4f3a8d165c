import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DeviceCodeAssigned, DeviceUnpaired, eventOf } from '#contracts';
import { aTerminalOf, refused } from './a-terminal.js';
import { callers } from '../../support/context-alone.js';
import { type Registry, startRegistry } from './support.js';

let registry: Registry;
beforeAll(async () => {
  registry = await startRegistry();
});
afterAll(() => registry.stop());

const actor = { kind: 'api_access', id: randomUUID(), name: 'Front till' } as const;

/** A till of the account, whose requests carry the account's id as their token. */
function aTill(accountId: string) {
  callers.set(accountId, {
    ...{ accountId, accountName: 'Corner Café', actor, role: null },
    permissions: { general: 'read', settings: 'write', processing: 'admin' },
    ...{ apiMode: true, currency: 'CAD', timeZone: 'America/Edmonton' },
    paymentDefaults: { deliverWithin: 10, payWithin: 120, tipping: null },
  });
  return async (path: string, payload: object = {}) => {
    const headers = { 'api-token': accountId };
    const answer = await registry.app.inject({ method: 'POST', url: `/v2/devices/${path}`, headers, payload });
    return { status: answer.statusCode, body: answer.body === '' ? '' : answer.json<unknown>() };
  };
}

const done = { status: 204, body: '' };
const notFound = refused('device_not_found');

/** A terminal with an open session and a code, as pairing told it. */
async function aTerminalWithCode(code = 'NB7X') {
  const { terminal, deviceId, user } = await aTerminalOf(registry);
  const { accountId } = user;
  const { sessionToken } = await terminal.loggedIn();
  const facts = { id: randomUUID(), aggregateId: deviceId, accountId, occurredAt: registry.clock.now() };
  const data = { deviceId, accountId, code };
  await registry.tell(eventOf(DeviceCodeAssigned, { ...facts, sequence: 2, data }));
  const unpaired = eventOf(DeviceUnpaired, { ...facts, sequence: 3, data: { ...data, sessionNumber: 1, by: null } });
  return { terminal, deviceId, accountId, user, sessionToken, till: aTill(accountId), unpaired };
}

describe('the session of a device', () => {
  it('tells who is logged in and since when, to the own account only', async () => {
    const { terminal, accountId, user, sessionToken } = await aTerminalWithCode('SSN1');
    const ask = async (account: string) => {
      aTill(account);
      const request = { url: '/console/v1/devices/ssn1/session', headers: { 'api-token': account } };
      const answer = await registry.app.inject({ method: 'GET', ...request });
      return { status: answer.statusCode, body: answer.json<unknown>() };
    };
    const openedAt = registry.clock.now().toISOString();
    expect(await ask(accountId)).toEqual({
      status: 200,
      body: { session: { userId: user.userId, mode: 'api', openedAt } },
    });
    await terminal.logOut(sessionToken);
    expect(await ask(accountId)).toEqual({ status: 200, body: { session: null } });
    expect(await ask(randomUUID())).toMatchObject(notFound);
  });
});

describe('a device that is locked', () => {
  it('can neither log in nor renew its session, until it is unlocked: then its session goes on', async () => {
    const { terminal, sessionToken, till, deviceId } = await aTerminalWithCode();
    expect(await till('nb7x/lock')).toEqual(done);
    expect(await terminal.renew(sessionToken)).toMatchObject(refused('device_forbidden', { reason: 'locked' }));
    expect(await terminal.logIn()).toMatchObject(refused('device_forbidden', { reason: 'locked' }));
    expect(await till('NB7X/unlock')).toEqual(done);
    expect(await terminal.renew(sessionToken)).toMatchObject({ status: 200 });
    expect(registry.events.of(deviceId).slice(-2)).toMatchObject([
      { name: 'DeviceLocked', data: { locked: true, by: actor } },
      { name: 'DeviceUnlocked', data: { locked: false, by: actor } },
    ]);
  });
});

describe('a device that is retired', () => {
  it('has no session, and says why to the terminal', async () => {
    const { terminal, sessionToken, till } = await aTerminalWithCode();
    expect(await till('NB7X/retire')).toEqual(done);
    const retired = refused('device_forbidden', { reason: 'retired' });
    expect(await terminal.renew(sessionToken)).toMatchObject(retired);
    expect(await terminal.logIn()).toMatchObject(retired);
  });

  it('is not, while a payment on it has no result, unless that is forced', async () => {
    const { terminal, deviceId, sessionToken, till } = await aTerminalWithCode();
    registry.owed.of.add(deviceId);
    expect(await till('NB7X/retire')).toMatchObject(refused('results_unsettled'));
    expect(await terminal.renew(sessionToken)).toMatchObject({ status: 200 });
    expect(await till('NB7X/retire', { force: true })).toEqual(done);
    expect(registry.events.namesOf(deviceId).slice(-2)).toEqual(['DeviceSessionEnded', 'DeviceRetired']);
  });

  it('comes back when its account sets it up anew, and not for another', async () => {
    const { terminal, user, till } = await aTerminalWithCode();
    await till('NB7X/retire');
    const stranger = registry.users.add();
    expect(await terminal.bind(stranger.email)).toMatchObject(refused('device_forbidden', { reason: 'retired' }));
    expect(await terminal.bind(user.email)).toMatchObject({ status: 200 });
    expect(await terminal.logIn()).toMatchObject({ status: 201 });
  });
});

describe('a code', () => {
  it('of another account, an unknown one and no code at all get the same answer, and nothing changes', async () => {
    const { terminal, sessionToken } = await aTerminalWithCode('FGHJ');
    const stranger = aTill(randomUUID());
    for (const code of ['FGHJ', 'WWWW', 'FG', '%00%00%00%00', 'ﬀﬀ']) {
      for (const verb of ['lock', 'unlock', 'retire'])
        expect(await stranger(`${encodeURI(decodeURI(code))}/${verb}`)).toMatchObject(notFound);
    }
    expect(await terminal.renew(sessionToken)).toMatchObject({ status: 200 });
  });

  it('that was released is nobody’s, also when the news of it came first', async () => {
    const { terminal, till, unpaired, deviceId, accountId } = await aTerminalWithCode();
    await registry.tell(unpaired);
    const facts = { id: randomUUID(), aggregateId: deviceId, accountId, occurredAt: registry.clock.now() };
    const assigned = eventOf(DeviceCodeAssigned, {
      ...facts,
      sequence: 2,
      data: { deviceId, accountId, code: 'NB7X' },
    });
    await registry.tell(assigned);
    expect(await till('NB7X/lock')).toMatchObject(notFound);
    expect(await terminal.logIn()).toMatchObject({ status: 201 });
  });

  it('of a device that has moved to another account finds nothing', async () => {
    const { terminal, till } = await aTerminalWithCode();
    await terminal.bind(registry.users.add().email);
    expect(await till('NB7X/lock')).toMatchObject(notFound);
    expect(await terminal.logIn()).toMatchObject({ status: 201 });
  });
});
