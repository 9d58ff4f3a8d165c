import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { refusal, Till } from './a-till.js';

describe('the published rate limits', () => {
  let till: Till;

  beforeAll(async () => {
    till = await Till.opens({ RATE_LIMIT_MINUTE: '5', RATE_LIMIT_HOUR: '8' });
  });

  afterAll(() => till.closes(), 60_000);

  it('are told by minute-limit-remaining and hour-limit-remaining, count all tokens of the account, and end in 429', async () => {
    const second = await till.token({});
    const tokens = [till.merchant.token, second, second, till.merchant.token, second];
    const told: (string | null)[][] = [];
    for (const token of tokens) {
      const { status, headers } = await till.call('GET', '/v2/connection-test', { token });
      expect(status).toBe(200);
      told.push([headers.get('minute-limit-remaining'), headers.get('hour-limit-remaining')]);
    }
    expect(told).toEqual([
      ['4', '7'],
      ['3', '6'],
      ['2', '5'],
      ['1', '4'],
      ['0', '3'],
    ]);
    const over = await till.call('GET', '/v2/connection-test', { token: second });
    expect(refusal(over)).toEqual({ status: 429, errors: [expect.any(String)] });
    expect(over.headers.get('minute-limit-remaining')).toBe('0');
    expect(over.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
  });

  it('stand on refused requests, too, and are of each account by itself', async () => {
    const { token } = await till.world.merchant();
    const { status, headers } = await till.call('GET', '/v2/devices/0000', { token });
    expect([status, headers.get('minute-limit-remaining'), headers.get('hour-limit-remaining')]).toEqual([
      404,
      '4',
      '7',
    ]);
  });
});
