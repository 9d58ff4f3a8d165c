import { beforeEach, describe, expect, it } from '@jest/globals';
import { testCards } from '../acquirer/test-cards.js';
import {
  at,
  first,
  noon,
  payWithinMs,
  RuledPayments,
  second,
  showWithinMs,
} from '../../../../test/support/terminal-sdk/payments.js';
import { openPayment, unsettled } from './payment-rules.js';

const proceedWithinMs = 10_000;
let terminal: RuledPayments;
beforeEach(() => {
  terminal = new RuledPayments();
});

describe('a request', () => {
  it('is written down, said to be received, and shown', () => {
    expect(terminal.request()).toEqual(['J(RECEIVED)', 'received', 'shown']);
    expect(openPayment(terminal.payments)).toMatchObject({ paymentId: first, stage: 'received', onScreen: true });
  });

  it('that is late is written down as expired and refused, and is refused again when it is repeated', () => {
    terminal.now = noon + showWithinMs;
    expect(terminal.request()).toEqual(['J(EXPIRED)', 'refused expired(0)']);
    expect(terminal.request()).toEqual(['refused expired(0)']);
    expect(openPayment(terminal.payments)).toBeUndefined();
  });

  it('is shown one moment before it is late', () => {
    terminal.now = noon + showWithinMs - 1;
    expect(terminal.request()).toEqual(['J(RECEIVED)', 'received', 'shown']);
  });

  it('gets no word while the clock of the server is not known well enough', () => {
    expect(terminal.request({}, false)).toEqual([]);
    expect(terminal.payments.size).toBe(0);
  });

  it.each([
    ['shown', () => undefined],
    ['waiting for the go-ahead', () => terminal.card()],
    ['with the acquirer', () => [terminal.card(), terminal.proceed()]],
  ])('is refused as busy while another one is %s, and the refusal names that one', (_, happens) => {
    terminal.request();
    happens();
    expect(terminal.request({ paymentId: second })).toEqual([`refused busy(0), holds ${first}`]);
    expect(terminal.payments.has(second)).toBe(false);
  });

  it('is taken while the result of another one is not settled', () => {
    terminal.request();
    terminal.card();
    terminal.proceed();
    terminal.answered();
    expect(terminal.request({ paymentId: second })).toEqual(['J(RECEIVED)', 'received', 'shown']);
  });
});

describe('a request that is known is answered with its stage', () => {
  const started = () => [terminal.card(), terminal.proceed()];

  it.each([
    ['shown', () => undefined, ['shown']],
    ['begun and waiting', () => terminal.card(), ['begin(1)']],
    ['begun, no longer waiting', () => [terminal.card(), terminal.take({ type: 'link_lost' })], ['not_started(1)']],
    ['with the acquirer', started, []],
    ['with a result', () => [started(), terminal.answered()], ['result(1) approved']],
    ['settled', () => [started(), terminal.answered(), terminal.settled()], ['result(1) approved']],
    ['cancelled', () => terminal.cancel('staff'), ['cancelled(0) by staff']],
    ['expired', () => terminal.tickAt(noon + payWithinMs), ['refused expired(0)']],
    ['stopped', () => terminal.withdraw(), ['refused expired(0)']],
  ])('%s', (_, happens, answer) => {
    terminal.request();
    happens();
    const written = terminal.journal.length;
    expect(terminal.request({}, false)).toEqual(answer);
    expect(terminal.journal).toHaveLength(written);
  });
});

describe('a card', () => {
  it('is written down as an attempt before begin names it', () => {
    terminal.request();
    expect(terminal.card()).toEqual(['J(BEGUN 1)', 'begin(1)']);
  });

  it('that is not asked for changes nothing', () => {
    expect(terminal.card()).toEqual([]);
    terminal.request();
    terminal.withdraw();
    expect(terminal.card()).toEqual([]);
  });

  it('that was presented to a payment before, and is read when the next one is shown, begins nothing', () => {
    terminal.withdraw();
    terminal.settled();
    terminal.request({ paymentId: second });
    expect(terminal.card(testCards.visa, 200, first)).toEqual([]);
    expect(terminal.cancel('customer', first)).toEqual([]);
    expect(terminal.card(testCards.visa, 0, second)).toEqual(['J(BEGUN 1)', 'begin(1)']);
  });

  it('that comes a second time while the first one waits changes nothing', () => {
    terminal.request();
    terminal.card();
    expect(terminal.card(testCards.mastercard)).toEqual([]);
  });

  it('after an attempt that did not start is the next attempt', () => {
    terminal.request();
    terminal.card();
    terminal.take({ type: 'link_lost' });
    expect(terminal.card(testCards.mastercard)).toEqual(['J(BEGUN 2)', 'begin(2)']);
    terminal.proceed({ attempt: 2 });
    expect(openPayment(terminal.payments)?.card).toEqual(testCards.mastercard);
  });

  it('that comes too late ends the prompt, also before the clock has looked', () => {
    terminal.request();
    terminal.now = noon + payWithinMs;
    expect(terminal.card()).toEqual(['J(EXPIRED)', 'refused expired(0)']);
  });
});

describe('the wait for the go-ahead', () => {
  beforeEach(() => {
    terminal.request();
    terminal.card();
  });

  it('ends after ten seconds and is then reported', () => {
    expect(terminal.tickAt(noon + proceedWithinMs - 1)).toEqual([]);
    expect(terminal.tickAt(noon + proceedWithinMs)).toEqual(['not_started(1)']);
    expect(terminal.tickAt(noon + proceedWithinMs + 1)).toEqual([]);
    expect(openPayment(terminal.payments)).toMatchObject({ stage: 'begun', onScreen: true });
  });

  it('ends when the link is lost, is reported on the next one, and what comes after it is not obeyed', () => {
    expect(terminal.take({ type: 'link_lost' })).toEqual(['not_started(1)']);
    expect(terminal.connect()).toEqual(['not_started(1)']);
    expect(terminal.proceed()).toEqual(['not_started(1)']);
  });

  it('outlives the end of the time to pay, which is then reported with the attempt', () => {
    terminal.take({ type: 'link_lost' });
    terminal.now = noon + payWithinMs - 1;
    terminal.card();
    expect(terminal.tickAt(noon + payWithinMs)).toEqual([]);
    const ends = noon + payWithinMs - 1 + proceedWithinMs;
    expect(terminal.tickAt(ends)).toEqual(['not_started(2)', 'J(EXPIRED)', 'refused expired(2)']);
  });
});

describe('the end of the time to pay', () => {
  it('removes the prompt, connected or not, and is reported', () => {
    terminal.request();
    expect(terminal.tickAt(noon + payWithinMs - 1)).toEqual([]);
    expect(terminal.tickAt(noon + payWithinMs)).toEqual(['J(EXPIRED)', 'refused expired(0)']);
    expect(openPayment(terminal.payments)).toBeUndefined();
    expect(terminal.connect()).toEqual(['refused expired(0)']);
  });

  it('does not touch what is with the acquirer', () => {
    terminal.request();
    terminal.card();
    terminal.proceed();
    expect(terminal.tickAt(noon + 2 * payWithinMs)).toEqual([]);
    expect(terminal.answered()).toEqual(['J(RESULT)', 'result(1) approved']);
  });
});

describe('the go-ahead', () => {
  beforeEach(() => {
    terminal.request();
    terminal.card();
  });

  it('is written down with its key, and then the acquirer is asked for the amount that it names', () => {
    expect(terminal.proceed()).toEqual(['J(STARTED)', 'authorise key-of-the-first for 1200']);
    expect(terminal.journal.at(-1)).toEqual({
      paymentId: first,
      stage: 'started',
      key: 'key-of-the-first',
      amount: 1_200,
    });
  });

  it('that comes twice asks the acquirer once', () => {
    terminal.proceed();
    expect(terminal.proceed()).toEqual([]);
  });

  it('of another attempt or another payment is not obeyed', () => {
    expect(terminal.proceed({ attempt: 2 })).toEqual([]);
    expect(terminal.proceed({ paymentId: second })).toEqual([]);
    terminal.take({ type: 'link_lost' });
    terminal.card();
    expect(terminal.proceed({ attempt: 1 })).toEqual([]);
  });

  it('that comes after its own time ends the wait', () => {
    expect(terminal.proceed({ startBefore: at(noon) })).toEqual(['not_started(1)']);
    expect(terminal.proceed()).toEqual(['not_started(1)']);
  });

  it('that comes after the wait, but before the clock has looked, is not obeyed', () => {
    terminal.now = noon + proceedWithinMs;
    expect(terminal.proceed()).toEqual(['not_started(1)']);
  });

  it.each([
    ['stopped', () => terminal.withdraw()],
    ['cancelled', () => [terminal.take({ type: 'link_lost' }), terminal.cancel('customer')]],
    ['expired', () => [terminal.take({ type: 'link_lost' }), terminal.tickAt(noon + payWithinMs)]],
  ])('for a payment that is %s is not obeyed', (_, happens) => {
    happens();
    expect(terminal.proceed({ startBefore: at(noon + 2 * payWithinMs) })).toEqual([]);
    expect(unsettled(terminal.payments).some(({ stage }) => stage === 'started')).toBe(false);
  });
});
