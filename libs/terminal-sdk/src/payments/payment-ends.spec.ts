import { beforeEach, describe, expect, it } from '@jest/globals';
import { first, noon, payWithinMs, RuledPayments } from '../../../../test/support/terminal-sdk/payments.js';
import { openPayment, unsettled } from './payment-rules.js';

let terminal: RuledPayments;
beforeEach(() => {
  terminal = new RuledPayments();
  terminal.request();
});
const start = () => [terminal.card(), terminal.proceed()];

describe('stop and withdraw', () => {
  it('remove the prompt before the card step, and say nothing', () => {
    expect(terminal.withdraw()).toEqual(['J(STOPPED)']);
    expect(openPayment(terminal.payments)).toBeUndefined();
    expect(unsettled(terminal.payments)).toEqual([]);
  });

  it('end the wait for the go-ahead', () => {
    terminal.card();
    expect(terminal.withdraw()).toEqual(['J(STOPPED)']);
    expect(terminal.proceed()).toEqual([]);
  });

  it('are ignored from the start of the card step on', () => {
    start();
    expect(terminal.withdraw()).toEqual([]);
    terminal.answered();
    expect(terminal.withdraw()).toEqual([]);
    expect(terminal.connect()).toEqual(['result(1) approved']);
  });

  it.each(['cancelled', 'expired'])('settle what is %s already', (end) => {
    if (end === 'cancelled') terminal.cancel('staff');
    else terminal.tickAt(noon + payWithinMs);
    expect(terminal.withdraw()).toEqual(['J(SETTLED)']);
    expect(terminal.connect()).toEqual([]);
  });

  it('of a payment that is not known change nothing', () => {
    expect(new RuledPayments().withdraw()).toEqual([]);
  });
});

describe('cancel on the terminal', () => {
  it('ends a payment that was shown', () => {
    expect(terminal.cancel('customer')).toEqual(['J(CANCELLED)', 'cancelled(0) by customer']);
    expect(terminal.connect()).toEqual(['cancelled(0) by customer']);
  });

  it('does nothing once begin was said, for only the answer of the platform counts then', () => {
    terminal.card();
    expect(terminal.cancel('customer')).toEqual([]);
    terminal.proceed();
    expect(terminal.cancel('customer')).toEqual([]);
  });

  it('names the attempt that did not start', () => {
    terminal.card();
    terminal.take({ type: 'link_lost' });
    expect(terminal.cancel('staff')).toEqual(['J(CANCELLED)', 'cancelled(1) by staff']);
  });
});

describe('the answer of the acquirer', () => {
  it('is written down before it is said, and stays until it is settled', () => {
    start();
    expect(terminal.answered()).toEqual(['J(RESULT)', 'result(1) approved']);
    expect(terminal.connect()).toEqual(['result(1) approved']);
    expect(unsettled(terminal.payments)).toHaveLength(1);
    expect(terminal.settled()).toEqual(['J(SETTLED)']);
    expect(unsettled(terminal.payments)).toEqual([]);
    expect(terminal.connect()).toEqual([]);
  });

  it('counts once, and only for what was started', () => {
    expect(terminal.answered()).toEqual([]);
    start();
    terminal.answered();
    expect(terminal.answered({ outcome: 'declined', approvalCode: null })).toEqual([]);
    expect(terminal.connect()).toEqual(['result(1) approved']);
  });
});

describe('settled', () => {
  it('that is said twice is written down once', () => {
    start();
    terminal.answered();
    terminal.settled();
    expect(terminal.settled()).toEqual([]);
  });

  it('never makes the terminal forget what the acquirer is being asked', () => {
    start();
    expect(terminal.settled()).toEqual([]);
    expect(terminal.answered()).toEqual(['J(RESULT)', 'result(1) approved']);
  });

  it('removes the prompt of a payment that is over for the platform', () => {
    terminal.settled();
    expect(openPayment(terminal.payments)).toBeUndefined();
  });
});

describe('switched on again', () => {
  it('with a payment that was shown, the terminal shows it again', () => {
    expect(terminal.restart()).toEqual([]);
    expect(openPayment(terminal.payments)).toMatchObject({ paymentId: first, onScreen: true });
    expect(terminal.connect()).toEqual(['shown']);
  });

  it('with an attempt that waited, it says that this did not start, and takes the next card as the next attempt', () => {
    terminal.card();
    terminal.restart();
    expect(terminal.connect()).toEqual(['not_started(1)']);
    expect(terminal.card()).toEqual(['J(BEGUN 2)', 'begin(2)']);
  });

  it('obeys no go-ahead for an attempt of the run before', () => {
    terminal.card();
    terminal.restart();
    expect(terminal.proceed()).toEqual(['not_started(1)']);
  });

  it.each([
    ['shown', () => undefined, 0],
    ['begun', () => terminal.card(), 1],
  ])('too late for a payment that was %s, it says that this has expired', (_, happens, attempt) => {
    happens();
    expect(terminal.restart(noon + payWithinMs)).toEqual(['J(EXPIRED)', `refused expired(${attempt})`]);
    expect(terminal.connect()).toEqual([`refused expired(${attempt})`]);
  });

  it('with a payment that was started, it asks the acquirer what became of the key, and authorises nothing', () => {
    start();
    expect(terminal.restart(noon + 10 * payWithinMs)).toEqual(['resolve key-of-the-first']);
    expect(terminal.connect()).toEqual([]);
    expect(terminal.answered()).toEqual(['J(RESULT)', 'result(1) approved']);
  });

  it('with a result that was not settled, it says the result', () => {
    start();
    terminal.answered();
    expect(terminal.restart()).toEqual([]);
    expect(terminal.connect()).toEqual(['result(1) approved']);
  });

  it('with an attempt whose request was lost, it does not stay busy with what it cannot show', () => {
    terminal.card();
    terminal.journal.shift();
    expect(terminal.restart()).toEqual(['J(EXPIRED)', 'refused expired(1)']);
  });

  it('with what is over for good, it says nothing', () => {
    terminal.withdraw();
    expect(terminal.restart()).toEqual([]);
    expect(terminal.connect()).toEqual([]);
  });
});
