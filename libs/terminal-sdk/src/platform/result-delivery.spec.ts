import { afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { JournalRecord } from '../payments/journal.js';
import { Held, LoggedDesk } from '../../../../test/support/terminal-sdk/desk.js';
import { base, FakePlatform, json, type Seen } from '../../../../test/support/terminal-sdk/fake-platform.js';
import { aRequest, aResult, idOf, noon } from '../../../../test/support/terminal-sdk/payments.js';
import { pass, until, untilPassed, useTestTimers } from '../../../../test/support/terminal-sdk/turns.js';
import { testCards } from '../acquirer/test-cards.js';
import type { PaymentResult } from '../payments/journal.js';
import { DeviceKey } from './device-key.js';
import { PlatformClient } from './platform-client.js';
import { ResultDelivery } from './result-delivery.js';
import { ServerClock } from './server-clock.js';

const path = '/device/v1/results';
let key: DeviceKey;
let platform: FakePlatform;
beforeAll(async () => {
  key = await DeviceKey.generate(false);
});
beforeEach(() => {
  useTestTimers(noon);
  platform = new FakePlatform();
});
afterEach(() => {
  jest.useRealTimers();
});

const paid = (number: number): JournalRecord[] => {
  const paymentId = idOf(number);
  const begun = { stage: 'begun', attempt: 1, tip: 0, entryMode: 'tap', card: testCards.visa } as const;
  return [
    { paymentId, stage: 'received', request: aRequest({ paymentId }) },
    { paymentId, ...begun },
    { paymentId, stage: 'started', key: `key-${number}`, amount: 1_200 },
  ];
};
const withResults = (count: number): JournalRecord[] =>
  Array.from({ length: count }, (_, index) => [
    ...paid(index + 1),
    { paymentId: idOf(index + 1), stage: 'result', result: aResult() } as const,
  ]).flat();
const idsIn = ({ body }: Seen): string[] =>
  (body as { results: { paymentId: string }[] }).results.map((one) => one.paymentId);
const settlesAll = (seen: Seen) => json({ settled: idsIn(seen) });

const start = async (till: LoggedDesk): Promise<ResultDelivery> => {
  await till.desk.boot();
  const client = new PlatformClient(base, key, new ServerClock(), platform.fetch);
  const delivery = new ResultDelivery(client, till.desk, () => 1);
  delivery.start();
  return delivery;
};
const asked = async (times: number) => {
  await until(`the platform is asked for ${times} times`, () => platform.seen.length >= times);
  await pass(0);
};
const allSettled = (till: LoggedDesk) => untilPassed('all is settled', () => till.desk.unsettled.length === 0);

describe('results that no connection takes', () => {
  it('go to the platform with all that it needs, until they are settled', async () => {
    const till = new LoggedDesk(withResults(1));
    platform.on(path, settlesAll);
    await start(till);
    await asked(1);
    expect(platform.seen[0]?.body).toEqual({ results: [{ paymentId: idOf(1), attempt: 1, ...aResult() }] });
    await allSettled(till);
    expect(till.records.at(-1)).toEqual({ paymentId: idOf(1), stage: 'settled' });
    await pass(600_000);
    expect(platform.seen).toHaveLength(1);
  });

  it('go again and again, later each time, while the platform does not take them', async () => {
    const till = new LoggedDesk(withResults(1));
    platform.on(
      path,
      () => Promise.reject(new TypeError('fetch failed')),
      () => json({ settled: [] }),
      settlesAll,
    );
    await start(till);
    await asked(1);
    await pass(1_000);
    await asked(2);
    await pass(1_999);
    expect(platform.seen).toHaveLength(2);
    await pass(1);
    await asked(3);
    await allSettled(till);
  });

  it('go in parts that the platform takes at once', async () => {
    const till = new LoggedDesk(withResults(70));
    platform.on(path, settlesAll);
    await start(till);
    await allSettled(till);
    expect(platform.seen.map((seen) => idsIn(seen).length)).toEqual([32, 32, 6]);
  });

  it('go too when the acquirer answers later', async () => {
    const till = new LoggedDesk(paid(1));
    const answer = new Held<PaymentResult>();
    till.answers.push(answer.promise);
    platform.on(path, settlesAll);
    await start(till);
    await pass(10_000);
    expect(platform.seen).toHaveLength(0);
    answer.resolve(aResult());
    await pass(60_000);
    await asked(1);
    await allSettled(till);
  });
});

describe('the delivery', () => {
  it('asks nobody for nothing', async () => {
    await start(new LoggedDesk());
    await pass(600_000);
    expect(platform.seen).toHaveLength(0);
  });

  it('that is stopped, before or while the platform is asked, goes on no more', async () => {
    const till = new LoggedDesk(withResults(1));
    const answer = new Held<Response>();
    platform.on(path, () => answer.promise);
    const delivery = await start(till);
    await asked(1);
    delivery.stop();
    answer.resolve(json({ settled: [] }));
    await pass(600_000);
    expect(platform.seen).toHaveLength(1);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('that is started again is one delivery', async () => {
    const till = new LoggedDesk(withResults(1));
    platform.on(path, () => json({ settled: [] }));
    const delivery = await start(till);
    delivery.start();
    await asked(2);
    await pass(1_000);
    await asked(3);
    expect(jest.getTimerCount()).toBe(1);
    delivery.stop();
  });
});
