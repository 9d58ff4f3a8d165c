import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Clock, newId } from '#kernel';
import { RateLimits } from '../../../apps/platform/src/rate-limits/rate-limits.js';
import { rateLimitsSchema, SharedCountsTable } from '../../../apps/platform/src/rate-limits/shared-counts.js';
import { eventually } from '../../support/eventually.js';
import { type Merchant, World } from '../../support/world.js';
import { aTestDatabase, type TestDatabase } from '../../support/database.js';

describe('rate limits of several processes', () => {
  const limits = { atOnce: 100, waiting: 100, minute: 10, hour: 1_000 };
  let database: TestDatabase;
  let now = Date.UTC(2026, 0, 1, 12);
  const clock: Clock = { now: () => new Date(now) };
  const process = () => new RateLimits(limits, new SharedCountsTable(database.dataSource), clock);

  beforeAll(async () => {
    database = await aTestDatabase({ contexts: [rateLimitsSchema] });
  });

  afterAll(async () => {
    await database.drop();
  });

  function admitted(limits: RateLimits, accountId: string, times: number): number {
    return Array.from({ length: times }, () => {
      const { admitted, finish } = limits.admit(accountId, 'atOnce');
      if (admitted) finish();
      return admitted;
    }).filter(Boolean).length;
  }

  it('are one limit as soon as they have told each other', async () => {
    const [one, other] = [process(), process()];
    const account = newId();
    expect(admitted(one, account, 6)).toBe(6);
    await one.execute();
    expect(admitted(other, account, 1)).toBe(1);
    await other.execute();
    expect(admitted(other, account, 20)).toBe(3);
    await other.execute();
    expect(admitted(one, account, 1)).toBe(1);
    await one.execute();
    expect(admitted(one, account, 20)).toBe(0);
  });

  it('slide on together from one minute to the next', async () => {
    const [one, other] = [process(), process()];
    const account = newId();
    admitted(one, account, 10);
    await one.execute();
    now += 90_000;
    expect(admitted(other, account, 1)).toBe(1);
    await other.execute();
    expect(admitted(other, account, 20)).toBe(4);
  });

  it('hold when a process has a clock that is behind', async () => {
    const [ahead, behind] = [process(), process()];
    const account = newId();
    admitted(ahead, account, 9);
    await ahead.execute();
    now -= 60_000;
    admitted(behind, account, 1);
    await behind.execute();
    now += 60_000;
    expect(admitted(ahead, account, 1)).toBe(1);
    await ahead.execute();
    expect(admitted(ahead, account, 20)).toBe(0);
  });

  it('are of each account by itself', async () => {
    const [one, other] = [newId(), newId()];
    const limits = process();
    expect(admitted(limits, one, 20)).toBe(10);
    expect(admitted(limits, other, 20)).toBe(10);
    await limits.execute();
    expect(admitted(limits, one, 1)).toBe(0);
  });
});

describe('a request over HTTP', () => {
  let world: World;
  let merchant: Merchant;

  beforeAll(async () => {
    world = await World.start('embedded', { RATE_LIMIT_MINUTE: '4', RATE_LIMIT_WAITING: '1' });
    merchant = await world.merchant();
  });

  afterAll(async () => {
    await world.stop();
  });

  const call = (token: string, headers: Record<string, string> = {}) =>
    fetch(`${world.platform.url}/v2/events?limit=1`, { headers: { 'api-token': token, ...headers } });

  it('is told what is left, and refused with the time to come back when nothing is', async () => {
    const answers: Response[] = [];
    for (let i = 0; i < 6; i += 1) answers.push(await call(merchant.token));
    const left = answers.map(({ headers }) => headers.get('minute-limit-remaining'));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 429, 429]);
    expect(left).toEqual(['3', '2', '1', '0', '0', '0']);
    expect(answers[0]?.headers.get('hour-limit-remaining')).toBe('29999');
    expect(Number(answers[4]?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await answers[4]?.json()).toMatchObject({ code: 'too_many_requests' });
  });

  it('costs a stranger nothing of the merchant, and another merchant has a limit of its own', async () => {
    const other = await world.merchant();
    for (let i = 0; i < 8; i += 1) expect((await call('tg_api_unknown')).status).toBe(403);
    expect((await call(other.token)).headers.get('minute-limit-remaining')).toBe('3');
  });

  it('of a user at the console is counted for that user, and leaves the tills what they have', async () => {
    const shop = await world.merchant();
    const cookies = [await world.cookieOf(shop.administrator), await world.cookieOf(shop.staff)];
    const look = async (cookie: string | undefined) =>
      (await fetch(`${world.platform.url}/v2/payments?limit=1`, { headers: { cookie: cookie ?? '' } })).status;
    const looks: number[] = [];
    for (let i = 0; i < 5; i += 1) looks.push(await look(cookies[0]));
    expect(looks).toEqual([200, 200, 200, 200, 429]);
    expect(await look(cookies[1])).toBe(200);
    expect((await call(shop.token)).headers.get('minute-limit-remaining')).toBe('3');
  });

  it('that waits takes the place of another that waits, until its client hangs up', async () => {
    const { token } = await world.merchant();
    const end = (await (await call(token)).json()) as { next: number };
    const hangUp = new AbortController();
    const waits = { 'api-token': token, prefer: 'wait=30' };
    const url = `${world.platform.url}/v2/events?after=${end.next}`;
    const waiting = fetch(url, { headers: waits, signal: hangUp.signal }).catch(() => undefined);
    await eventually(
      'the second one that waits is refused',
      async () => (await fetch(url, { headers: { ...waits, prefer: 'wait=1' } })).status === 429,
    );
    hangUp.abort();
    await waiting;
  });
});
