import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { json, order, purchaseOn, refusalIn, send, sendBytes, type Sent, Stranger } from './stranger.js';

describe('a request that the platform does not know', () => {
  let stranger: Stranger;

  beforeAll(async () => {
    stranger = await Stranger.arrives();
  });

  afterAll(async () => {
    await stranger.leaves();
  });

  const refused = (sent: Sent) => stranger.refused(sent);
  const asMerchant = (sent: Sent) => stranger.refusedAsMerchant(sent);

  describe('by its address', () => {
    const rubbish = [
      ...['%00', '%00%00%00%00', '%0d%0a', '%20', '..%2f..%2fcanary', '%2e%2e%2f', '%252e', '%25zz', "'%20OR%20'1'='1"],
      ...['CANARY', 'NB7', 'N', '%EF%BC%AE%EF%BC%A2%EF%BC%97%EF%BC%B8', '%F0%9F%92%B3', '%C5%BF%C5%BF%C5%BF%C5%BF'],
      ...['%25%25%25%25', '____', 'null', 'undefined', '__proto__', 'constructor', 'x'.repeat(100), ':code', '*'],
    ];

    it.each(rubbish)('is 404 for the code %s, with the very answer for an unknown one', async (code) => {
      const doors = [
        (one: string): Sent => ({ path: `/v2/devices/${one}` }),
        (one: string): Sent => ({ path: `/v2/devices/${one}/ping` }),
        purchaseOn,
      ];
      for (const door of doors) {
        const unknown = await asMerchant(door('2222'));
        expect(unknown).toMatchObject({ status: 404, code: 'device_not_found', errors: ['Device Not Found'] });
        expect(await asMerchant(door(code))).toEqual(unknown);
      }
    });

    it.each([
      '%00',
      'canary',
      '4711',
      '%2e%2e%2f',
      '00000000-0000-0000-0000-000000000000',
      '9'.repeat(40),
      '-1',
      '1e3',
    ])('is 404 for the id %s, of a payment or a card transaction', async (id) => {
      expect(await asMerchant({ path: `/v2/payments/${id}` })).toMatchObject({
        status: 404,
        code: 'payment_not_found',
      });
      const transaction = await asMerchant({ path: `/v2/card-transactions/${id}` });
      expect(transaction).toMatchObject({ status: 404, code: 'card_transaction_not_found' });
    });

    it.each(['%', '%zz', '%C3', '%canary', '%u0041', '%ff%fe'])(
      'is 400 for %s, which no percent-decoder takes',
      async (bad) => {
        for (const path of [`/v2/devices/${bad}`, `/v2/payments/${bad}`, `/v2/devices/${bad}/ping`, `/canary${bad}`])
          expect(await asMerchant({ path })).toMatchObject({ status: 400, code: 'invalid_request' });
        expect(await asMerchant(purchaseOn(bad))).toMatchObject({ status: 400, code: 'invalid_request' });
      },
    );

    const nowhere = ['/v2', '/v2/canary', '/v2/devices/', '//v2/devices', '/v2/devices/2222/canary', '/V2/devices'];
    it.each([
      ...nowhere,
      '/v1/devices',
      '/.env',
      '/docs/canary',
      '/console/v1/canary',
      '/metrics',
      `/v2/devices/${'canary'.repeat(50)}`,
    ])('is 404 at %s, with a token or without', async (path) => {
      for (const answer of [await refused({ path }), await asMerchant({ path })])
        expect(answer).toMatchObject({ status: 404, code: 'not_found' });
      const sent = { method: 'POST', path, headers: json, body: order };
      expect(await asMerchant(sent)).toMatchObject({ status: 404, code: 'not_found' });
    });

    it.each([
      ['DELETE', '/v2/devices', 'GET'],
      ['POST', '/v2/devices/2222', 'DELETE, GET, PATCH'],
      ['GET', '/v2/devices/2222/payment/purchase', 'POST'],
      ['OPTIONS', '/v2/devices/2222/payment/purchase', 'POST'],
      ['PATCH', '/v2/settings/api-mode', 'GET, PUT'],
      ['TRACE', '/v2/connection-test', 'GET'],
      ['PROPFIND', '/v2/connection-test', 'GET'],
      ['PUT', '/console/v1/session', 'DELETE, GET, POST'],
      ['POST', '/health/live', 'GET'],
    ])('is 405 with the method %s at %s, which allows %s', async (method, path, allow) => {
      const answer = await send(stranger.world.platform.url, {
        method,
        path,
        headers: { 'api-token': stranger.merchant.token },
      });
      expect(refusalIn(answer)).toMatchObject({ status: 405, code: 'method_not_allowed' });
      expect(answer.headers.allow).toBe(allow);
    });

    it('is not made another method by a header', async () => {
      const headers = { 'x-http-method-override': 'GET' };
      expect(await asMerchant({ method: 'DELETE', path: '/v2/devices', headers })).toMatchObject({ status: 405 });
    });

    it.each([
      ...['devices?limit=4711', 'devices?limit=4711&limit=4711', 'devices?limit=canary', 'devices?offset=-4711'],
      ...['devices?code=%00', 'card-transactions?dateFrom=canary', 'card-transactions?dateFrom=2026-02-30'],
      ...['card-transactions?page=0', 'card-transactions?limit=4711', 'card-transactions?search=%00'],
      ...['card-transactions?invoiceNumber=canary&invoiceNumber=canary'],
    ])('is 400 for /v2/%s, naming the parameter', async (query) => {
      const { status, fields } = await asMerchant({ path: `/v2/${query}` });
      expect([status, Object.keys(fields)]).toEqual([400, [/\?(\w+)=/.exec(query)?.[1]]]);
    });
  });

  describe('by its bytes', () => {
    const head = 'GET /v2/devices HTTP/1.1\r\nhost: canary\r\n';
    it.each([
      ['no HTTP', 'canary\r\n\r\n'],
      ['another version', 'GET /v2/devices HTTP/4.7\r\nhost: canary\r\n\r\n'],
      ['an unknown method', 'CANARY /v2/devices HTTP/1.1\r\nhost: canary\r\n\r\n'],
      ['a header without a colon', `${head}canary\r\n\r\n`],
      ['a header name with a space', `${head}ca nary: 4711\r\n\r\n`],
      ['a NUL in a header', `${head}api-token: canary\0\r\n\r\n`],
      ['two lengths', `${head}content-length: 4\r\ncontent-length: 7\r\n\r\n`],
      ['a length and chunks', `${head}content-length: 4711\r\ntransfer-encoding: chunked\r\n\r\n`],
      ['a length that is none', `${head}content-length: canary\r\n\r\n`],
      ['an encryption that is not spoken here', '\u0016\u0003\u0001\u0002canary\r\n\r\n'],
    ])('is 400 for %s, and the connection ends', async (_, bytes) => {
      expect(refusalIn(await sendBytes(stranger.world.platform.url, bytes))).toMatchObject({
        status: 400,
        code: 'invalid_request',
      });
    });

    it.each([
      ['one header of 20 kB', { canary: 'canary'.repeat(3_400) }],
      ['a token of 20 kB', { 'api-token': 'canary'.repeat(3_400) }],
      ['a proof of 20 kB', { dpop: 'canary'.repeat(3_400) }],
    ])('is 431 for %s', async (_, headers) => {
      expect(await refused({ path: '/v2/devices', headers })).toMatchObject({ status: 431, code: 'headers_too_large' });
    });

    it('is 431 for an address of 20 kB', async () => {
      expect(await refused({ path: `/${'canary'.repeat(3_400)}` })).toMatchObject({ status: 431 });
    });

    it('gets an id of its own unless it brings one that is fit for logs', async () => {
      const idFor = async (given: string) =>
        (await send(stranger.world.platform.url, { path: '/v2/canary', headers: { 'x-request-id': given } })).headers[
          'x-request-id'
        ];
      expect(await idFor('order-0815.7')).toBe('order-0815.7');
      for (const bad of ['short', 'has a canary', 'canary"}', 'canary'.repeat(20)])
        expect(await idFor(bad)).toMatch(/^[\da-f-]{36}$/);
    });
  });

  it('stores nothing, changes nothing, and the process goes on', async () => {
    await stranger.hasDoneNoHarm();
  });
});
