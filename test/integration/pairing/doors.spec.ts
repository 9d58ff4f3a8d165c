import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ForgetNodes } from '../../../libs/pairing/src/application/forget-nodes.js';
import { eventually } from '../../support/eventually.js';
import { alive, ATerminal, held } from './a-terminal.js';
import { callers } from '../../support/context-alone.js';
import { type Pairing, startPairing } from './support.js';

const offers: string[] = [];
let pairing: Pairing;
beforeAll(async () => {
  pairing = await startPairing(() => offers.shift() ?? 'Z2Z2');
});
afterAll(() => pairing.stop());

function aPointOfSale(name = 'Front till') {
  const accountId = randomUUID();
  const permissions = { general: 'read', settings: 'read', processing: 'admin' } as const;
  const actor = { kind: 'api_access', id: randomUUID(), name } as const;
  callers.set(accountId, {
    ...{ accountId, actor, role: null, permissions },
    ...{ accountName: 'Corner Café', apiMode: true, currency: 'CAD', timeZone: 'America/Edmonton' },
    paymentDefaults: { deliverWithin: 10, payWithin: 120, tipping: null },
  });
  const get = async (url: string) => {
    const answer = await pairing.app.inject({ method: 'GET', url, headers: { 'api-token': accountId } });
    return { status: answer.statusCode, body: answer.body === '' ? '' : answer.json<unknown>() };
  };
  return { accountId, get };
}

async function aDevice(accountId: string, code: string): Promise<ATerminal> {
  const terminal = new ATerminal(pairing.clock, accountId);
  offers.push(code);
  await pairing.tell(terminal.setUp(), terminal.loggedIn());
  return terminal;
}

/** Each node of its own, so that one test's silence is not another's. */
async function connect(terminal: ATerminal): Promise<string> {
  const node = `node-${randomUUID()}`;
  await pairing.tell(alive(pairing.clock, node), terminal.connected(node));
  return node;
}

const notFound = { status: 418, body: { code: 'device_not_found', message: 'Device Not Found', facts: {} } };
const notListening = {
  status: 418,
  body: { code: 'device_not_listening', message: 'Device Not Listening', facts: {} },
};

describe('GET /v2/devices/{code}', () => {
  it('tells all that is known of a device, the time of its registration in the time zone of the account', async () => {
    const { accountId, get } = aPointOfSale();
    const registeredAt = pairing.clock.now();
    const terminal = await aDevice(accountId, 'NB7X');
    await connect(terminal);
    await pairing.tell(terminal.continued(), terminal.status('ready', 81.5));
    const { status, body } = await get('/v2/devices/nb7x');
    expect(status).toBe(200);
    const now = pairing.clock.now().toISOString();
    expect(body).toEqual({
      ...{ code: 'NB7X', dateCreated: '2026-11-23 05:00:00', createdAt: registeredAt.toISOString() },
      ...{ id: terminal.deviceId, name: null, location: null, serialNumber: `SN-${terminal.deviceId.slice(0, 8)}` },
      ...{ model: 'T1', appVersion: '1.4.0', status: 'online', listening: true, screen: 'ready', offlineSince: null },
      ...{ lastSeenAt: now, asOf: now, battery: 81.5, locked: false },
    });
  });

  it('tells of a device that never connected that it is offline, and nothing that is not known', async () => {
    const { accountId, get } = aPointOfSale();
    await aDevice(accountId, 'NB7X');
    expect((await get('/v2/devices/NB7X')).body).toMatchObject({
      ...{ status: 'offline', listening: false, appVersion: '1.0.0' },
      ...{ screen: null, battery: null, offlineSince: null, lastSeenAt: null },
    });
  });

  it('gives the same answer for a code that is unknown, of another account, or no code at all', async () => {
    const [{ accountId, get }, other] = [aPointOfSale(), aPointOfSale()];
    await aDevice(other.accountId, 'NB7X');
    await aDevice(accountId, 'FFFF');
    for (const code of ['NB7X', 'WWWW', 'NB7', 'NB7XX', '%00%00%00%00', "'; --", 'ﬀﬀ', '%25%25%25%25'])
      expect(await get(`/v2/devices/${encodeURI(decodeURI(code))}`)).toEqual(notFound);
    expect(await get('/v2/devices/NB7X/ping')).toEqual(notFound);
    expect(await get('/v2/devices/%00/ping')).toEqual(notFound);
  });

  it('tells since when a device is offline: since the connection was lost', async () => {
    const { accountId, get } = aPointOfSale();
    const terminal = await aDevice(accountId, 'NB7X');
    const node = await connect(terminal);
    pairing.clock.forward({ seconds: 5 });
    const lost = terminal.disconnected();
    pairing.clock.forward({ seconds: 5 });
    await pairing.tell(lost, alive(pairing.clock, node));
    const since = lost.occurredAt;
    expect((await get('/v2/devices/NB7X')).body).toMatchObject({
      ...{ status: 'offline', listening: false, offlineSince: since, lastSeenAt: since },
      asOf: pairing.clock.now().toISOString(),
    });
  });

  it('takes a device for offline while its node is silent, since the last word of the node, and back when the node is back', async () => {
    const { accountId, get } = aPointOfSale();
    const terminal = await aDevice(accountId, 'NB7X');
    const node = await connect(terminal);
    await pairing.tell(terminal.continued());
    const lastWord = pairing.clock.now().toISOString();
    pairing.clock.forward({ seconds: 9.9 });
    expect((await get('/v2/devices/NB7X')).body).toMatchObject({ status: 'online', listening: true, asOf: lastWord });
    pairing.clock.forward({ seconds: 0.2 });
    expect((await get('/v2/devices/NB7X')).body).toMatchObject({
      ...{ status: 'offline', listening: false, offlineSince: lastWord, lastSeenAt: lastWord, asOf: lastWord },
    });
    await pairing.tell(alive(pairing.clock, node));
    expect((await get('/v2/devices/NB7X')).body).toMatchObject({ status: 'online', listening: true });
  });

  it('knows since when a device is offline even a day after its node fell silent', async () => {
    const { accountId, get } = aPointOfSale();
    const [terminal, gone] = [await aDevice(accountId, 'NB7X'), await aDevice(accountId, 'MQ4T')];
    await connect(terminal);
    const lastWord = pairing.clock.now().toISOString();
    const left = await connect(gone);
    await pairing.tell(gone.disconnected());
    pairing.clock.forward({ seconds: 25 * 60 * 60 });
    await pairing.get(ForgetNodes).execute();
    expect((await get('/v2/devices/NB7X')).body).toMatchObject({ status: 'offline', offlineSince: lastWord });
    const nodes = await pairing.database.dataSource.query<unknown[]>('SELECT FROM pairing.node WHERE id = $1', [left]);
    expect(nodes).toEqual([]);
  });
});

describe('GET /v2/devices', () => {
  const codesOf = ({ body }: { body: unknown }) => (body as { code: string }[]).map(({ code }) => code);

  it('lists the devices of the account that have a code, oldest first, and an empty array when there is none', async () => {
    const { accountId, get } = aPointOfSale();
    expect(await get('/v2/devices')).toEqual({ status: 200, body: [] });
    for (const code of ['NB7X', 'MQ4T', 'W8KR']) {
      await aDevice(accountId, code);
      pairing.clock.forward({ seconds: 1 });
    }
    const standalone = new ATerminal(pairing.clock, accountId);
    await pairing.tell(standalone.setUp(), standalone.loggedIn('standalone'));
    expect(codesOf(await get('/v2/devices'))).toEqual(['NB7X', 'MQ4T', 'W8KR']);
  });

  it('finds a part of a code in either case, and gives the page that is asked for', async () => {
    const { accountId, get } = aPointOfSale();
    for (const code of ['NB7X', 'MQ4T', 'W8KR', 'KR22']) {
      await aDevice(accountId, code);
      pairing.clock.forward({ seconds: 1 });
    }
    expect(codesOf(await get('/v2/devices?code=kr'))).toEqual(['W8KR', 'KR22']);
    expect(codesOf(await get('/v2/devices?code='))).toHaveLength(4);
    expect(codesOf(await get('/v2/devices?limit=3'))).toEqual(['NB7X', 'MQ4T', 'W8KR']);
    expect(codesOf(await get('/v2/devices?limit=3&page=1'))).toEqual(['KR22']);
    expect(codesOf(await get('/v2/devices?limit=2&offset=1'))).toEqual(['MQ4T', 'W8KR']);
    expect(codesOf(await get('/v2/devices?page=7'))).toEqual([]);
    expect(codesOf(await get('/v2/devices?unknown=1'))).toHaveLength(4);
  });

  it.each([
    'limit=0',
    'limit=101',
    'limit=1.5',
    'limit=1e1',
    'limit=0x10',
    'limit=-1',
    'limit=',
    'limit=ten',
    'limit=5&limit=5',
    'offset=-1',
    'offset=99999999999',
    'page=-1',
    'page=1&page=2',
    'page=0&offset=0',
    'code=NB7XX',
    'code=%00',
    'code=%25',
    'code=N&code=B',
  ])('refuses ?%s and names the parameter, never its value', async (query) => {
    const { get } = aPointOfSale();
    const [name = '', value = ''] = query.split('&')[0]?.split('=') ?? [];
    const { status, body } = await get(`/v2/devices?${query}`);
    expect({ status, body }).toMatchObject({ status: 418, body: { code: 'invalid_request' } });
    const { message } = body as { message: string };
    expect(message).toMatch(new RegExp(`^${name}: .|^page: not together with offset`));
    if (value.length > 3) expect(message).not.toContain(value);
  });
});

describe('GET /v2/devices/{code}/ping', () => {
  it('shows a message on that one device and on no other, before Continue was pressed', async () => {
    const { accountId, get } = aPointOfSale('Front till');
    const [terminal, other] = [await aDevice(accountId, 'NB7X'), await aDevice(accountId, 'MQ4T')];
    const node = await connect(terminal);
    await connect(other);
    const before = pairing.mail.sent.length;
    expect(await get('/v2/devices/nb7x/ping')).toEqual({ status: 202, body: '' });
    expect(pairing.mail.sent.slice(before)).toMatchObject([
      { node, connectionId: terminal.live.connectionId, frame: { type: 'ping', message: 'Ping from Front till' } },
    ]);
  });

  it('fits the longest name of a point of sale into the message', async () => {
    const { accountId, get } = aPointOfSale('T'.repeat(200));
    await connect(await aDevice(accountId, 'NB7X'));
    expect(await get('/v2/devices/NB7X/ping')).toMatchObject({ status: 202 });
  });

  it('says Device Not Listening unless there is an open connection of the API-mode session on a node that is alive', async () => {
    const { accountId, get } = aPointOfSale();
    const terminal = await aDevice(accountId, 'NB7X');
    expect(await get('/v2/devices/NB7X/ping')).toEqual(notListening);
    const node = await connect(terminal);
    expect(await get('/v2/devices/NB7X/ping')).toMatchObject({ status: 202 });
    pairing.clock.forward({ seconds: 11 });
    expect(await get('/v2/devices/NB7X/ping')).toEqual(notListening);
    await pairing.tell(alive(pairing.clock, node));
    expect(await get('/v2/devices/NB7X/ping')).toMatchObject({ status: 202 });
    await pairing.tell(terminal.loggedOut());
    expect(await get('/v2/devices/NB7X/ping')).toEqual(notListening);
    await pairing.tell(terminal.loggedIn());
    expect(await get('/v2/devices/NB7X/ping')).toEqual(notListening);
    await pairing.tell(terminal.connected(node));
    expect(await get('/v2/devices/NB7X/ping')).toMatchObject({ status: 202 });
    await pairing.tell(terminal.loggedIn('standalone'), terminal.connected(node));
    expect(await get('/v2/devices/NB7X/ping')).toEqual(notListening);
  });

  it('reaches the newest connection, also one that only its gateway has told again', async () => {
    const { accountId, get } = aPointOfSale();
    const terminal = await aDevice(accountId, 'NB7X');
    const node = await connect(terminal);
    terminal.connected(node);
    await pairing.tell(held(pairing.clock, node, terminal.live), terminal.pingShown());
    expect(await get('/v2/devices/NB7X/ping')).toMatchObject({ status: 202 });
    expect(pairing.mail.sent.at(-1)).toMatchObject({ connectionId: terminal.live.connectionId });
  });
});

describe('GET /device/v1/registration', () => {
  const read = async (terminal: ATerminal, prefer?: string) => {
    const { deviceId, accountId, session } = terminal;
    pairing.devices.device = { deviceId, accountId, sessionId: session?.id ?? '', mode: session?.mode ?? 'api' };
    const headers = prefer ? { prefer } : {};
    const answer = await pairing.app.inject({ method: 'GET', url: '/device/v1/registration', headers });
    return { status: answer.statusCode, body: answer.json<unknown>() };
  };

  it('answers registering at once, and registered with the code once there is one', async () => {
    const terminal = new ATerminal(pairing.clock);
    const login = terminal.loggedIn();
    expect(await read(terminal)).toEqual({ status: 200, body: { status: 'registering', code: null } });
    offers.push('NB7X');
    await pairing.tell(login);
    expect(await read(terminal)).toEqual({ status: 200, body: { status: 'registered', code: 'NB7X' } });
  });

  it('waits for the code when asked to', async () => {
    const terminal = new ATerminal(pairing.clock);
    const login = terminal.loggedIn();
    const waiting = read(terminal, 'wait=30');
    offers.push('MQ4T');
    await pairing.tellInVain(login);
    const topic = `registration:${terminal.deviceId}`;
    expect(pairing.wakeUps.signalled).not.toContain(topic);
    offers.push('MQ4T');
    await pairing.tell(login);
    expect(pairing.wakeUps.signalled).toContain(topic);
    expect(await waiting).toEqual({ status: 200, body: { status: 'registered', code: 'MQ4T' } });
  });

  it('stops reading when the device has hung up', async () => {
    const terminal = new ATerminal(pairing.clock);
    terminal.loggedIn();
    pairing.devices.device = { deviceId: terminal.deviceId, accountId: terminal.accountId, sessionId: '', mode: 'api' };
    await pairing.app.listen(0, '127.0.0.1');
    const hangUp = new AbortController();
    const url = `${await pairing.app.getUrl()}/device/v1/registration`;
    const waiting = fetch(url, { headers: { prefer: 'wait=60' }, signal: hangUp.signal });
    const topic = `registration:${terminal.deviceId}`;
    await eventually('the platform waits', () => pairing.wakeUps.waiting.has(topic));
    hangUp.abort();
    await expect(waiting).rejects.toThrow('aborted');
    await eventually('nobody waits', () => !pairing.wakeUps.waiting.has(topic));
  });

  it('tells a device in standalone mode how to get a code', async () => {
    const terminal = new ATerminal(pairing.clock);
    await pairing.tell(terminal.loggedIn('standalone'));
    expect(await read(terminal)).toMatchObject({ status: 418, body: { code: 'standalone_session' } });
  });
});
