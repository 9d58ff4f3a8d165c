import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DeviceMessage } from './device-message.js';
import { Payment, type PaymentTerms } from './payment.js';

const start = new Date('2026-11-23T12:00:00.000Z');
const after = (seconds: number): Date => new Date(start.getTime() + seconds * 1000);

function aPayment(terms: Partial<PaymentTerms> = {}): Payment {
  return Payment.request(
    '0193f4a0-0000-7000-8000-000000000001',
    {
      accountId: '0193f4a0-0000-7000-8000-00000000000a',
      timeZone: 'America/Edmonton',
      kind: 'purchase',
      deviceId: '0193f4a0-0000-7000-8000-00000000000d',
      deviceCode: 'NB7X',
      amount: 1000,
      currency: 'CAD',
      invoiceNumber: 'INV1',
      customerCode: 'CST1',
      description: null,
      tipping: null,
      original: null,
      metadata: {},
      requestedBy: null,
      deliverWithinMs: 10_000,
      payWithinMs: 120_000,
      ...terms,
    },
    start,
  );
}

const begin = (attempt: number, tip = 0): DeviceMessage => ({ type: 'begin', attempt, tip, entryMode: 'tap' });
const approved = (amount = 1000): DeviceMessage => ({
  type: 'result',
  result: {
    attempt: 1,
    outcome: 'approved',
    amount,
    tip: 0,
    currency: 'CAD',
    entryMode: 'tap',
    card: null,
    approvalCode: 'A1',
    declineReason: null,
  },
});
const eventsOf = (payment: Payment): string[] => payment.recorded.map(({ event }) => event.type);

describe('a payment', () => {
  it('goes from requested to approved, with one event and one line of its timeline for each change', () => {
    const payment = aPayment();
    for (const message of [{ type: 'received' }, { type: 'shown' }, begin(1), approved()] as const) {
      payment.hear(message, after(1));
    }
    expect(eventsOf(payment)).toEqual(['PaymentRequested', 'PaymentShown', 'PaymentProceeded', 'PaymentApproved']);
    expect(payment.recorded.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
    expect(payment.state.timeline.map(({ status }) => status)).toEqual([
      'requested',
      'shown',
      'processing',
      'approved',
    ]);
    expect(payment.state).toMatchObject({ status: 'approved', attempt: 1, entryMode: 'tap', dueAt: null });
  });

  it('has one authorisation key, whatever the attempt', () => {
    const payment = aPayment();
    const key = payment.authorisationKey;
    payment.hear(begin(3), after(1));
    expect(payment.authorisationKey).toBe(key);
    expect(key).toBe('tg-0193f4a0000070008000000000000001');
  });

  it('takes a tip only where one was offered', () => {
    const [plain, tipped] = [aPayment(), aPayment({ tipping: { percentages: [15] } })];
    plain.hear(begin(1, 150), after(1));
    tipped.hear(begin(1, 150), after(1));
    expect([plain.chargedAmount, tipped.chargedAmount]).toEqual([1000, 1150]);
  });

  it('keeps to the amount of a go-ahead when the same attempt asks again with another tip', () => {
    const payment = aPayment({ tipping: { percentages: [15] } });
    payment.hear(begin(1, 150), after(1));
    expect(payment.hear(begin(1, 900), after(2)).reply).toBe('proceed');
    expect(payment.chargedAmount).toBe(1150);
  });

  it('resumes when an attempt did not start, and when it comes back from unknown', () => {
    const payment = aPayment();
    payment.hear(begin(1), after(1));
    payment.hear({ type: 'not_started', attempt: 1 }, after(2));
    payment.hear(begin(2), after(3));
    payment.passDeadline(after(93));
    payment.hear(begin(2), after(94));
    const names = ['PaymentRequested', 'PaymentProceeded', 'PaymentResumed', 'PaymentProceeded', 'PaymentUnknown'];
    expect(eventsOf(payment)).toEqual([...names, 'PaymentResumed']);
  });

  it('says why it is unknown, and says so again when the reason changes', () => {
    const payment = aPayment();
    payment.hear(begin(1), after(1));
    payment.passDeadline(after(91));
    expect(payment.state).toMatchObject({ status: 'unknown', reason: 'device_silent' });
    expect(payment.state.isAsked).toBe(true);
    payment.hear(approved(1001), after(92));
    payment.hear(approved(1001), after(93));
    expect(payment.state).toMatchObject({ status: 'unknown', reason: 'result_mismatch' });
    expect(payment.state.isAsked).toBe(false);
    expect(eventsOf(payment).filter((name) => name === 'PaymentUnknown')).toHaveLength(2);
  });
});

describe('the deadlines of a payment', () => {
  it.each([
    [[], 'not_reached'],
    [[{ type: 'received' }], 'not_shown'],
    [[{ type: 'busy' }], 'device_busy'],
    [[{ type: 'busy' }, { type: 'received' }], 'not_shown'],
  ] as const)('after %j it is not delivered because it was %s', (messages, reason) => {
    const payment = aPayment();
    for (const message of messages) payment.hear(message, after(1));
    payment.passDeadline(after(10.999));
    expect(payment.state.status).toBe('requested');
    payment.passDeadline(after(11));
    expect(payment.state).toMatchObject({ status: 'not_delivered', reason });
  });

  it('is abandoned a little after payBefore, which the device keeps by its own clock', () => {
    const payment = aPayment();
    payment.hear({ type: 'shown' }, after(1));
    payment.passDeadline(after(134.999));
    expect(payment.state.status).toBe('shown');
    payment.passDeadline(after(135));
    expect(payment.state.status).toBe('abandoned');
  });

  it('becomes unknown 90 s after the last go-ahead', () => {
    const payment = aPayment();
    payment.hear(begin(1), after(1));
    payment.hear(begin(1), after(5));
    payment.passDeadline(after(94.999));
    expect(payment.state.status).toBe('processing');
    payment.passDeadline(after(95));
    expect(payment.state).toMatchObject({ status: 'unknown', reason: 'device_silent' });
  });
});

const attempt = fc.integer({ min: 0, max: 4 });
const amount = fc.constantFrom(1000, 1000, 1000, 1001);
const message: fc.Arbitrary<DeviceMessage> = fc.oneof(
  fc.constantFrom<DeviceMessage>(
    ...(['received', 'shown', 'busy', 'unsupported', 'journal_lost'] as const).map((type) => ({ type })),
  ),
  attempt.map((n) => begin(n)),
  attempt.map((n): DeviceMessage => ({ type: 'not_started', attempt: n })),
  attempt.map((n): DeviceMessage => ({ type: 'cancelled', attempt: n, by: 'staff' })),
  attempt.map((n): DeviceMessage => ({ type: 'expired', attempt: n })),
  fc.tuple(amount, fc.constantFrom('approved', 'declined', 'failed')).map(([charged, outcome]): DeviceMessage => {
    const base = approved(charged);
    return base.type === 'result' ? { ...base, result: { ...base.result, outcome } } : base;
  }),
);
const happening = fc.record({
  message: fc.option(message),
  seconds: fc.integer({ min: 0, max: 60 }),
  taken: fc.boolean(),
});

describe('whatever happens in whatever order', () => {
  it('no closed payment is given a go-ahead, a final status is written once and asked for no more, and attempts only rise', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 40 }), (happenings) => {
        const payment = aPayment();
        let seconds = 0;
        for (const next of happenings) {
          seconds += next.seconds;
          const before = payment.state;
          const wasFinal = payment.isFinal;
          const reply = next.message && payment.hear(next.message, after(seconds), next.taken).reply;
          if (!next.message) payment.passDeadline(after(seconds));
          if (wasFinal) expect([reply === 'proceed', payment.state]).toEqual([false, before]);
          if (reply === 'proceed') expect(payment.state).toMatchObject({ status: 'processing', reason: null });
          expect(payment.state.attempt).toBeGreaterThanOrEqual(before.attempt);
          expect(payment.state.timeline.length).toBe(payment.recorded.length);
          if (payment.isFinal) expect(payment.state.isAsked).toBe(false);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('time alone ends every payment or calls it unknown', () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 20 }), (messages) => {
        const payment = aPayment();
        for (const next of messages) payment.hear(next, after(1));
        for (const later of [200, 400]) payment.passDeadline(after(later));
        expect(payment.isFinal || payment.state.status === 'unknown').toBe(true);
        expect(payment.state.dueAt).toBeNull();
      }),
    );
  });
});
