import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { refusal, Till } from './a-till.js';

describe('the published connection test and error bodies', () => {
  let till: Till;

  beforeAll(async () => {
    till = await Till.opens();
  });

  afterAll(() => till.closes(), 60_000);

  const stranger = (path: string, headers: Record<string, string> = {}) => till.world.call('GET', path, { headers });

  it('GET /connection-test: 200 with the message "Connection Successful"', async () => {
    const { status, body, headers } = await till.get('/v2/connection-test');
    expect({ status, body }).toEqual({ status: 200, body: { message: 'Connection Successful' } });
    expect(headers.get('content-type')).toMatch(/^application\/json/);
  });

  it('GET /connection-test: any token is enough, whatever it may do', async () => {
    const token = await till.token({});
    expect(await till.call('GET', '/v2/connection-test', { token })).toMatchObject({ status: 200 });
  });

  it.each(['/v2/connection-test', '/v2/devices', '/v2/card-transactions', '/v2/card-terminals'])(
    'errors of %s: 401 without a token, 403 with a wrong one, each with texts in an array',
    async (path) => {
      const texts = [expect.any(String)];
      expect(refusal(await stranger(path))).toEqual({ status: 401, errors: texts });
      expect(refusal(await stranger(path, { 'api-token': '' }))).toEqual({ status: 401, errors: texts });
      expect(refusal(await stranger(path, { 'api-token': 'wrong' }))).toEqual({ status: 403, errors: texts });
    },
  );

  it('the token of another place does not count: it is the header api-token', async () => {
    const { token } = till.merchant;
    const { status } = await stranger('/v2/connection-test', { authorization: `Bearer ${token}` });
    expect(status).toBe(401);
  });

  it('the headers accept and content-type: application/json on a GET do no harm, as existing clients send them', async () => {
    const headers = { accept: 'application/json', 'content-type': 'application/json' };
    expect(await till.call('GET', '/v2/connection-test', { headers })).toMatchObject({ status: 200 });
    expect(await till.call('GET', '/v2/devices', { headers })).toMatchObject({ status: 200, body: [] });
  });

  it('status table: 400 for a bad structure, 404 for nothing there, 405 for another method, texts in an array', async () => {
    const texts = [expect.any(String)];
    const path = '/v2/devices/NBL7/payment/purchase';
    expect(refusal(await till.call('POST', path, { body: '{"currency":' }))).toEqual({ status: 400, errors: texts });
    expect(refusal(await till.get('/v2/nothing'))).toEqual({ status: 404, errors: texts });
    expect(refusal(await till.get(path))).toEqual({ status: 405, errors: texts });
  });

  it('GET /card-terminals: a plain array of id, nickname, currency and status, filtered by currency and status', async () => {
    const [terminal, ...others] = await till.list('/v2/card-terminals');
    expect(others).toEqual([]);
    expect(terminal).toEqual({
      id: expect.any(Number),
      nickname: expect.any(String),
      currency: 'CAD',
      status: 'ACTIVE',
    });
    expect(await till.list('/v2/card-terminals?currency=CAD&status=ACTIVE')).toEqual([terminal]);
    expect(await till.list('/v2/card-terminals?currency=USD')).toEqual([]);
    expect(await till.list('/v2/card-terminals?status=INACTIVE')).toEqual([]);
    expect(refusal(await till.get('/v2/card-terminals?status=OPEN'))).toEqual({
      status: 400,
      errors: [expect.stringContaining('status')],
    });
  });
});
