import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { untilState } from '#terminal-sdk/node';
import { eventually } from '../support/eventually.js';
import { connectedTo } from '../support/database.js';
import { type Fields, jsonTypes, mountainTime, refusal, Till } from './a-till.js';

const notFound = { status: 404, errors: ['Device Not Found'] };

describe('the published device calls', () => {
  let till: Till;
  let codes: string[];

  beforeAll(async () => {
    till = await Till.opens();
    const registered: string[] = [];
    for (let count = 0; count < 3; count += 1) registered.push((await till.idleTerminal()).code);
    codes = registered;
  });

  afterAll(() => till.closes(), 60_000);

  const codesOf = (devices: Fields[]) => devices.map(({ code }) => code);

  it('GET /devices: no device at all is 200 with an empty array', async () => {
    const { token } = await till.world.merchant();
    expect(await till.call('GET', '/v2/devices', { token })).toMatchObject({ status: 200, body: [] });
  });

  it('GET /devices: a plain array; each has a code of four letters and digits and dateCreated in Mountain Time', async () => {
    const devices = await till.list('/v2/devices');
    expect(codesOf(devices).sort()).toEqual([...codes].sort());
    for (const device of devices) {
      expect(jsonTypes(device)).toMatchObject({ code: 'string', dateCreated: 'string' });
      expect(device.code).toMatch(/^[A-Z0-9]{4}$/);
      expect(device.dateCreated).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
      expect(device.dateCreated).toBe(mountainTime(device.createdAt));
    }
  });

  it('GET /devices: code may be a part of one, in upper or lower case, up to four characters', async () => {
    const code = codes[0] ?? '';
    expect(codesOf(await till.list(`/v2/devices?code=${code}`))).toEqual([code]);
    expect(codesOf(await till.list(`/v2/devices?code=${code.toLowerCase()}`))).toEqual([code]);
    const part = code.slice(1, 3);
    const fitting = codes.filter((one) => one.includes(part)).sort();
    expect(codesOf(await till.list(`/v2/devices?code=${part}`)).sort()).toEqual(fitting);
    expect(await till.list('/v2/devices?code=0000')).toEqual([]);
    expect(await till.get(`/v2/devices?code=${code}X`)).toMatchObject({ status: 400 });
  });

  it('GET /devices: limit and offset, or limit and page from 0, cut the same list', async () => {
    const all = codesOf(await till.list('/v2/devices'));
    const cut = async (query: string) => codesOf(await till.list(`/v2/devices?${query}`));
    expect(await cut('limit=2')).toEqual(all.slice(0, 2));
    expect(await cut('limit=2&offset=1')).toEqual(all.slice(1, 3));
    expect(await cut('limit=2&page=0')).toEqual(all.slice(0, 2));
    expect(await cut('limit=2&page=1')).toEqual(all.slice(2));
    expect(await cut('offset=0&limit=100')).toEqual(all);
    expect(await cut('page=7')).toEqual([]);
  });

  it.each(['limit=0', 'limit=101', 'limit=x', 'offset=-1', 'page=-1', 'offset=0&page=0', 'offset=1&page=1'])(
    'GET /devices: limit is 1 to 100, offset and page are 0 or more and exclude each other; %s is a 400',
    async (query) => {
      expect(refusal(await till.get(`/v2/devices?${query}`))).toEqual({ status: 400, errors: [expect.any(String)] });
    },
  );

  it('GET /devices: limit is 100 when left out', async () => {
    const merchant = await till.world.merchant();
    await connectedTo(till.world.platform.databaseUrl, (client) => client.query(manyDevices, [merchant.accountId]));
    const { body } = await till.call('GET', '/v2/devices', { token: merchant.token });
    expect(body).toHaveLength(100);
    const rest = await till.call('GET', '/v2/devices?page=1', { token: merchant.token });
    expect(rest.body).toHaveLength(20);
  });

  it('GET /devices/{code}: one device as the list shows it; the code compares without case', async () => {
    const code = codes[1] ?? '';
    const [listed] = await till.list(`/v2/devices?code=${code}`);
    const { code: sameCode, dateCreated } = listed ?? {};
    expect(await till.get(`/v2/devices/${code}`)).toMatchObject({ status: 200, body: { code: sameCode, dateCreated } });
    expect(await till.get(`/v2/devices/${code.toLowerCase()}`)).toMatchObject({ status: 200, body: { code } });
  });

  it.each(['0000', 'NBL77', 'x'])('GET /devices/{code} and its ping: 404 "Device Not Found" for %s', async (code) => {
    expect(refusal(await till.get(`/v2/devices/${code}`))).toEqual(notFound);
    expect(refusal(await till.get(`/v2/devices/${code}/ping`))).toEqual(notFound);
  });

  it('a device of another account is not found, as one that does not exist', async () => {
    const { token } = await till.world.merchant();
    for (const path of [`/v2/devices/${codes[0] ?? ''}`, `/v2/devices/${codes[0] ?? ''}/ping`])
      expect(refusal(await till.call('GET', path, { token }))).toEqual(notFound);
  });

  it('GET /devices and /devices/{code} need General Read and Settings Read: 403 with less', async () => {
    const enough = await till.token({ general: 'read', settings: 'read' });
    const less = [await till.token({ general: 'write' }), await till.token({ settings: 'write', processing: 'admin' })];
    for (const path of ['/v2/devices', `/v2/devices/${codes[0] ?? ''}`]) {
      expect((await till.call('GET', path, { token: enough })).status).toBe(200);
      for (const token of less)
        expect(refusal(await till.call('GET', path, { token }))).toEqual({ status: 403, errors: [expect.any(String)] });
    }
  });

  it('GET /devices/{code}/ping: 202 without a body for any token, and a message on that one screen', async () => {
    const [device, other] = [await till.idleTerminal(), await till.idleTerminal()];
    const token = await till.token({});
    await eventually('the ping is taken', async () => {
      const { status, body } = await till.call('GET', `/v2/devices/${device.code}/ping`, { token });
      expect({ status, body }).toEqual({ status: 202, body: undefined });
    });
    await untilState(device.terminal, 'the message is on the screen', ({ ping }) => ping !== null);
    expect(other.terminal.state.ping).toBeNull();
  });

  it('GET /devices/{code}/ping: 409 "Device Not Listening" when it has no connection', async () => {
    const { terminal, code } = await till.idleTerminal();
    terminal.stop();
    await eventually('the platform knows that it is gone', async () => {
      const answer = await till.get(`/v2/devices/${code}/ping`);
      expect(refusal(answer)).toEqual({ status: 409, errors: ['Device Not Listening'] });
    });
    expect(await till.get(`/v2/devices/${code}`)).toMatchObject({ status: 200, body: { code } });
  });
});

/** 120 devices with codes, of one account. */
const manyDevices = `
  INSERT INTO pairing.device (id, version, sequence, account_id, registry_sequence, serial_number, model, app_version,
                              code, paired_at, continued, locked, retired, connected, listening)
  SELECT gen_random_uuid(), 1, 1, $1, 1, 'TEST-' || n, 'headless', '1.0.0',
         'A' || lpad(n::text, 3, '0'), now(), false, false, false, false, false
    FROM generate_series(1, 120) AS n`;
