import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aTill } from './a-till.js';
import { alive, ATerminal, held } from './a-terminal.js';
import { type Pairing, startPairing } from './support.js';

let pairing: Pairing;
beforeAll(async () => {
  pairing = await startPairing();
});
afterAll(() => pairing.stop());

const node = 'node-1';
const notFound = { status: 418, body: { code: 'device_not_found', message: 'Device Not Found', facts: {} } };
const framesOn = ({ connectionId }: { connectionId: string }) => pairing.mail.on(connectionId);
const namesOf = ({ deviceId }: ATerminal): string[] => pairing.events.of(deviceId).map(({ name }) => name);

async function codeOf({ deviceId }: ATerminal): Promise<string | null> {
  const sql = 'SELECT code FROM pairing.device WHERE id = $1';
  const [row] = await pairing.database.dataSource.query<{ code: string | null }[]>(sql, [deviceId]);
  return row?.code ?? null;
}

/** Connected, in API mode, ready for payment. */
async function aReadyTerminal() {
  const till = aTill(pairing);
  const terminal = new ATerminal(pairing.clock, till.accountId);
  await pairing.tell(alive(pairing.clock, node), terminal.setUp(), terminal.loggedIn());
  await pairing.tell(terminal.connected(node), terminal.continued());
  const code = (await codeOf(terminal)) ?? '';
  return { till, terminal, code, url: `/v2/devices/${code}` };
}

describe('PATCH /v2/devices/{code}', () => {
  it('names a device and says where it stands; what is left out stays, null takes it away', async () => {
    const { till, terminal, url } = await aReadyTerminal();
    const named = await till.call('PATCH', url.toLowerCase(), { name: '  Front counter ', location: 'Cafe\u0301' });
    expect(named).toMatchObject({ status: 200, body: { name: 'Front counter', location: 'Café' } });
    expect((await till.call('PATCH', url, { name: null })).body).toMatchObject({ name: null, location: 'Café' });
    expect((await till.call('PATCH', url, {})).body).toMatchObject({ name: null, location: 'Café' });
    expect((await till.call('GET', '/v2/devices')).body).toMatchObject([{ name: null, location: 'Café' }]);
    expect(pairing.events.of(terminal.deviceId, 'DeviceRenamed')).toMatchObject([
      { data: { displayName: 'Front counter', location: 'Café', by: till.actor } },
      { data: { displayName: null, location: 'Café' } },
    ]);
  });

  it('tells the device at once what it is called now', async () => {
    const { till, terminal, url } = await aReadyTerminal();
    await till.call('PATCH', url, { name: 'Front counter' });
    expect(framesOn(terminal.live).at(-1)).toMatchObject({ type: 'settings', deviceName: 'Front counter' });
    await till.call('PATCH', url, { name: null });
    const last = framesOn(terminal.live).at(-1);
    expect(last).toMatchObject({ type: 'settings' });
    expect(last).not.toHaveProperty('deviceName');
  });

  it.each([
    ['a name that is no text', { name: 5 }, 'name'],
    ['a long location', { location: 'x'.repeat(81) }, 'location'],
    ['what cannot be printed', { name: 'a\u0000b' }, 'name'],
    ['a card number', { location: '4242 4242 4242 4242' }, 'location'],
    ['a field that is not known', { code: 'FFFF' }, 'code'],
  ])('refuses %s by the name of the field, and changes nothing', async (_what, body, field) => {
    const { till, url } = await aReadyTerminal();
    const answer = await till.call('PATCH', url, body);
    expect(answer).toMatchObject({ status: 418, body: { message: expect.stringContaining(`${field}: `) } });
    expect((await till.call('GET', url)).body).toMatchObject({ name: null, location: null });
  });
});

describe('DELETE /v2/devices/{code}', () => {
  it('releases the code and ends the session; the next log-in gets another code', async () => {
    const { till, terminal, code, url } = await aReadyTerminal();
    expect(await till.call('DELETE', url)).toEqual({ status: 204, body: '' });
    expect(framesOn(terminal.live).at(-1)).toMatchObject({ type: 'session.end', reason: 'unpaired' });
    for (const path of [url, `${url}/ping`]) expect(await till.call('GET', path)).toEqual(notFound);
    expect(pairing.events.of(terminal.deviceId).slice(-2)).toMatchObject([
      { name: 'DeviceListeningChanged', data: { listening: false, reason: 'unpaired', code } },
      { name: 'DeviceUnpaired', data: { code, sessionNumber: 1, by: till.actor } },
    ]);
    await pairing.tell(terminal.loggedOut(), terminal.loggedIn());
    expect(await codeOf(terminal)).not.toBeNull();
    expect(await codeOf(terminal)).not.toBe(code);
  });

  it('stays done, whatever is still told of the session that it ended', async () => {
    const { till, terminal, url } = await aReadyTerminal();
    await till.call('DELETE', url);
    const before = namesOf(terminal).length;
    await pairing.tell(terminal.lock(), terminal.unlock(), terminal.continued());
    expect(await codeOf(terminal)).toBeNull();
    expect(namesOf(terminal)).toHaveLength(before);
    await pairing.tell(terminal.disconnected(), terminal.connected(node));
    expect(framesOn(terminal.live)).toMatchObject([{ type: 'session.end', reason: 'unpaired' }]);
  });

  it('lets no device that comes later have the code for 90 days', async () => {
    const { till, code, url } = await aReadyTerminal();
    await till.call('DELETE', url);
    const sql = 'SELECT released_at IS NOT NULL AS rests FROM pairing.code WHERE account_id = $1 AND code = $2';
    expect(await pairing.database.dataSource.query(sql, [till.accountId, code])).toEqual([{ rests: true }]);
  });
});

describe('a device that is forbidden', () => {
  it('is told so on its connection, and at every later one', async () => {
    const { terminal } = await aReadyTerminal();
    await pairing.tell(terminal.lock());
    expect(framesOn(terminal.live).at(-1)).toMatchObject({ type: 'lock', reason: 'locked' });
    await pairing.tell(terminal.disconnected(), terminal.connected(node));
    expect(framesOn(terminal.live)).toMatchObject([{ type: 'lock', reason: 'locked' }]);
    await pairing.tell(held(pairing.clock, node, terminal.live));
    expect(framesOn(terminal.live)).toMatchObject([{ type: 'lock' }, { type: 'lock' }]);
  });

  it('hears that it is unlocked, and how it stands', async () => {
    const { terminal } = await aReadyTerminal();
    await pairing.tell(terminal.lock(), terminal.unlock());
    expect(framesOn(terminal.live).slice(-2)).toMatchObject([
      { type: 'settings', listening: true },
      { type: 'unlock' },
    ]);
  });

  it('for good has no code any more', async () => {
    const { till, terminal, url } = await aReadyTerminal();
    await pairing.tell(terminal.retire());
    expect(framesOn(terminal.live).at(-1)).toMatchObject({ type: 'lock', reason: 'retired' });
    expect(await till.call('GET', url)).toEqual(notFound);
    expect(pairing.events.of(terminal.deviceId, 'DeviceUnpaired')).toMatchObject([{ data: { by: null } }]);
  });
});

describe('POST /v2/devices/{code}/display', () => {
  it('shows a text on that one device, for ten seconds unless told', async () => {
    const [{ till, terminal, url }, other] = [await aReadyTerminal(), await aReadyTerminal()];
    expect(await till.call('POST', `${url}/display`, { text: 'Back in five' })).toEqual({ status: 202, body: '' });
    await till.call('POST', `${url}/display`, { text: 'Welcome', seconds: 300 });
    expect(framesOn(terminal.live).slice(-2)).toMatchObject([
      { type: 'display', text: 'Back in five', seconds: 10 },
      { type: 'display', text: 'Welcome', seconds: 300 },
    ]);
    expect(framesOn(other.terminal.live).map(({ type }) => type)).not.toContain('display');
  });

  it.each([
    ['no text', {}, 'text'],
    ['an empty text', { text: '  ' }, 'text'],
    ['a long text', { text: 'x'.repeat(201) }, 'text'],
    ['a card number', { text: '4242424242424242' }, 'text'],
    ['no time', { text: 'Hello', seconds: 0 }, 'seconds'],
    ['a long time', { text: 'Hello', seconds: 301 }, 'seconds'],
  ])('refuses %s', async (_what, body, field) => {
    const { till, terminal, url } = await aReadyTerminal();
    const before = framesOn(terminal.live).length;
    const answer = await till.call('POST', `${url}/display`, body);
    expect(answer).toMatchObject({ status: 418, body: { message: expect.stringContaining(`${field}: `) } });
    expect(framesOn(terminal.live)).toHaveLength(before);
  });

  it('says when the device is not connected', async () => {
    const { till, terminal, url } = await aReadyTerminal();
    await pairing.tell(terminal.disconnected());
    const answer = await till.call('POST', `${url}/display`, { text: 'Hello' });
    expect(answer).toMatchObject({ status: 418, body: { code: 'device_not_listening' } });
  });
});

it('the codes of another account, unknown ones and no codes at all get one answer, and nothing changes', async () => {
  const { till, code, url } = await aReadyTerminal();
  const stranger = aTill(pairing, randomUUID());
  for (const asked of [code, 'WWWW', 'FG', '%00%00%00%00']) {
    const path = `/v2/devices/${asked}`;
    expect(await stranger.call('PATCH', path, { name: 'Mine' })).toEqual(notFound);
    expect(await stranger.call('DELETE', path)).toEqual(notFound);
    expect(await stranger.call('POST', `${path}/display`, { text: 'Mine' })).toEqual(notFound);
  }
  expect((await till.call('GET', url)).body).toMatchObject({ name: null, listening: true });
});
