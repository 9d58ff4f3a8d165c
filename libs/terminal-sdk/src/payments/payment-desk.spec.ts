import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Held, LoggedDesk } from '../../../../test/support/terminal-sdk/desk.js';
import { aRequest, aResult, first } from '../../../../test/support/terminal-sdk/payments.js';
import { z } from 'zod';
import { testCards } from '#terminal-sdk';
import { paymentResultFields } from '#terminal-protocol';
import type { PaymentResult } from './journal.js';

const askAgainMs = 2_000;
const key = 'key-of-the-first';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

const turns = () => jest.advanceTimersByTimeAsync(0);

describe('what depends on a record', () => {
  it('happens after its flush, and one input after another', async () => {
    const till = new LoggedDesk();
    till.answers.push(aResult());
    const flushed = new Held<void>();
    till.flushes.push(flushed.promise);
    const begun = till.begin();
    await turns();
    expect(till.log).toEqual([]);
    expect(till.desk.open).toBeUndefined();
    flushed.resolve();
    await begun;
    await till.proceed();
    await turns();
    expect(till.log).toEqual([
      ...['J received', 'received', 'shown', 'J begun', 'begin'],
      ...['J started', `authorise ${key} 1200`],
      ...['J result', 'result', 'shows approved of 1'],
    ]);
  });

  it('is known to nobody before: a connect meanwhile says what is written', async () => {
    const till = new LoggedDesk();
    await till.begin();
    till.answers.push(aResult());
    await till.proceed();
    const flushed = new Held<void>();
    till.flushes.push(flushed.promise);
    await turns();
    expect(till.desk.unsettled).toMatchObject([{ stage: 'started', result: null }]);
    flushed.resolve();
    await turns();
    expect(till.desk.unsettled).toMatchObject([{ stage: 'result' }]);
  });
});

describe('an acquirer that does not answer', () => {
  it('is asked again what became of the same key, until it says', async () => {
    const till = new LoggedDesk();
    await till.begin();
    await till.proceed();
    await turns();
    till.log.length = 0;
    await jest.advanceTimersByTimeAsync(askAgainMs);
    till.answers.push(aResult({ outcome: 'declined', approvalCode: null, declineReason: 'over_limit' }));
    await jest.advanceTimersByTimeAsync(askAgainMs);
    expect(till.log).toEqual([`resolve ${key}`, `resolve ${key}`, 'J result', 'result', 'shows declined of 1']);
    await jest.advanceTimersByTimeAsync(10 * askAgainMs);
    expect(till.log).toHaveLength(5);
  });

  it('and then knows nothing of the key makes the payment fail as interrupted', async () => {
    const till = new LoggedDesk();
    await till.begin();
    await till.proceed();
    till.answers.push(null);
    await jest.advanceTimersByTimeAsync(askAgainMs);
    expect(till.records.at(-1)).toMatchObject({
      stage: 'result',
      result: { outcome: 'failed', amount: 1_200, tip: 200, currency: 'CAD', declineReason: 'interrupted' },
    });
  });

  it('lets no other payment in', async () => {
    const till = new LoggedDesk();
    await till.begin();
    await till.proceed();
    await till.desk.take({
      type: 'request',
      frame: aRequest({ paymentId: first.replace('1', '2') }),
      clockIsFresh: true,
    });
    expect(till.log.at(-1)).toBe('refused');
    expect(till.desk.open?.paymentId).toBe(first);
    till.desk.close();
  });

  it('and does not even fail is asked again after a minute', async () => {
    const till = new LoggedDesk();
    await till.begin();
    till.answers.push(new Held<PaymentResult>().promise, aResult());
    await till.proceed();
    await jest.advanceTimersByTimeAsync(59_000);
    expect(till.log.at(-1)).toBe(`authorise ${key} 1200`);
    await jest.advanceTimersByTimeAsync(1_000 + askAgainMs);
    expect(till.log.slice(-4)).toEqual([`resolve ${key}`, 'J result', 'result', 'shows approved of 1']);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('is asked by the key that is written down, after a power cut', async () => {
    const before = new LoggedDesk();
    await before.begin();
    before.answers.push(new Held<PaymentResult>().promise);
    await before.proceed();
    before.desk.close();
    const till = new LoggedDesk(before.records);
    till.answers.push(aResult());
    await till.desk.boot();
    await turns();
    expect(till.log).toEqual([`resolve ${key}`, 'J result', 'result', 'shows approved of 1']);
  });
});

describe('a journal that cannot be written', () => {
  it.each([
    ['a request', 0, []],
    ['a card', 1, ['J received', 'received', 'shown']],
    ['the go-ahead', 2, ['J received', 'received', 'shown', 'J begun', 'begin']],
  ])('stops everything at %s: nothing is said or charged after it', async (_, space, log) => {
    const till = new LoggedDesk();
    till.space = space;
    till.answers.push(aResult());
    await till.begin();
    await till.proceed();
    expect(till.log).toEqual([...log, 'failed']);
    till.space = Infinity;
    await till.begin();
    await till.proceed();
    await till.desk.take({ type: 'connected' });
    expect(till.log).toEqual([...log, 'failed']);
    expect(till.desk.isClosed).toBe(true);
  });

  it('never loses a result: switched on again, the terminal asks for it', async () => {
    const till = new LoggedDesk();
    till.space = 3;
    till.answers.push(aResult());
    await till.begin();
    await till.proceed();
    await turns();
    expect(till.log.slice(-2)).toEqual([`authorise ${key} 1200`, 'failed']);
    const after = new LoggedDesk(till.records);
    after.answers.push(aResult());
    await after.desk.boot();
    await turns();
    expect(after.log).toContain('result');
  });
});

describe('a desk that is closed', () => {
  it('does nothing more: it takes no input, hears no answer, asks nobody', async () => {
    const till = new LoggedDesk();
    await till.begin();
    const answer = new Held<PaymentResult>();
    till.answers.push(answer.promise);
    await till.proceed();
    const before = till.log.length;
    till.desk.close();
    answer.resolve(aResult());
    await till.desk.take({ type: 'connected' });
    await turns();
    expect(till.log).toHaveLength(before);
  });

  it('asks an acquirer no more that fails afterwards', async () => {
    const till = new LoggedDesk();
    await till.begin();
    const answer = new Held<PaymentResult>();
    till.answers.push(answer.promise);
    await till.proceed();
    till.desk.close();
    answer.reject(new Error('no answer'));
    await turns();
    expect(jest.getTimerCount()).toBe(0);
  });

  it('leaves no timer behind', async () => {
    const till = new LoggedDesk();
    await till.begin();
    await till.proceed();
    await turns();
    expect(jest.getTimerCount()).toBe(1);
    till.desk.close();
    expect(jest.getTimerCount()).toBe(0);
  });

  it('in the middle of a step says nothing of a record that was on its way', async () => {
    const till = new LoggedDesk();
    const flushed = new Held<void>();
    till.flushes.push(flushed.promise);
    const begun = till.begin();
    await turns();
    till.desk.close();
    flushed.resolve();
    await begun;
    expect(till.log).toEqual(['J received']);
  });

  it('closes the journal when the record that is on its way is flushed', async () => {
    const till = new LoggedDesk();
    const flushed = new Held<void>();
    till.flushes.push(flushed.promise);
    void till.begin();
    await turns();
    till.desk.close();
    await turns();
    expect(till.isJournalClosed).toBe(false);
    flushed.resolve();
    await turns();
    expect(till.isJournalClosed).toBe(true);
  });
});

describe('a screen that fails', () => {
  it('is reported to the caller, and stops no payment', async () => {
    const till = new LoggedDesk();
    till.changed = () => {
      throw new Error('the screen is broken');
    };
    await expect(till.begin()).rejects.toThrow('the screen is broken');
    till.changed = () => undefined;
    await till.begin();
    expect(till.log).toEqual(['J received', 'received', 'shown', 'shown', 'J begun', 'begin']);
  });
});

describe('an acquirer that says more than the protocol takes', () => {
  it('is written down in the lengths that the platform reads', async () => {
    const till = new LoggedDesk();
    await till.begin();
    const card = { ...testCards.visa, holder: 'H'.repeat(81) };
    till.answers.push(aResult({ approvalCode: 'A'.repeat(21), declineReason: 'd'.repeat(61), card }));
    await till.proceed();
    await turns();
    const written = till.records.at(-1);
    const result = written?.stage === 'result' ? written.result : null;
    expect(z.strictObject(paymentResultFields).safeParse({ ...result, paymentId: first, attempt: 1 }).success).toBe(
      true,
    );
    expect(result).toMatchObject({ approvalCode: 'A'.repeat(20), card: { token: testCards.visa.token } });
  });

  it('or names a card that is none, is believed without it', async () => {
    const till = new LoggedDesk();
    await till.begin();
    till.answers.push(aResult({ card: { ...testCards.visa, lastFour: '' } }));
    await till.proceed();
    await turns();
    expect(till.records.at(-1)).toMatchObject({ stage: 'result', result: { outcome: 'approved', card: null } });
  });
});

describe('a terminal that runs for a long time', () => {
  it('forgets what is settled longest, and nothing that is owed', async () => {
    const till = new LoggedDesk();
    await till.begin();
    till.answers.push(aResult());
    await till.proceed();
    await turns();
    for (let number = 0; number < 2_100; number += 1) {
      const paymentId = `other-${number}`;
      await till.desk.take({ type: 'request', frame: aRequest({ paymentId }), clockIsFresh: true });
      await till.desk.take({ type: 'withdraw', paymentId });
    }
    expect(till.desk.held.length).toBeLessThanOrEqual(2_000);
    expect(till.desk.held[0]?.paymentId).toBe('other-2099');
    expect(till.desk.unsettled).toMatchObject([{ paymentId: first, stage: 'result' }]);
  });
});
