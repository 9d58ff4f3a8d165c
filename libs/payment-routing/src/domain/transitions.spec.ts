import { describe, expect, it } from '@jest/globals';
import type { DeviceMessage, PaymentResult } from './device-message.js';
import { finalStatuses, openStatuses, type PaymentStatus } from './payment-status.js';
import { decide, type Decision, type Situation } from './transitions.js';

const situation = (status: PaymentStatus, attempt = 0, more: Partial<Situation> = {}): Situation => ({
  status,
  reason: null,
  attempt,
  amount: 1000,
  tip: 0,
  currency: 'CAD',
  deviceTaken: false,
  ...more,
});
const begin = (attempt: number): DeviceMessage => ({ type: 'begin', attempt, tip: 0, entryMode: 'tap' });
const notStarted = (attempt: number): DeviceMessage => ({ type: 'not_started', attempt });
const cancelled = (attempt: number): DeviceMessage => ({ type: 'cancelled', attempt, by: 'customer' });
const expired = (attempt: number): DeviceMessage => ({ type: 'expired', attempt });
const result = (outcome: PaymentResult['outcome'], more: Partial<PaymentResult> = {}): DeviceMessage => ({
  type: 'result',
  result: {
    attempt: 1,
    outcome,
    amount: 1000,
    tip: 0,
    currency: 'CAD',
    entryMode: 'tap',
    card: null,
    approvalCode: null,
    declineReason: null,
    ...more,
  },
});

const ignore: Decision = { reply: null };
const settled: Decision = { reply: 'settled' };
const byCustomer: Decision = { to: 'cancelled', reason: 'by_customer', reply: 'settled' };
const abandoned: Decision = { to: 'abandoned', reply: 'settled' };
const goAhead = (attempt: number): Decision => ({ to: 'processing', attempt, reply: 'proceed' });
const shownBy = (attempt: number): Decision => ({ to: 'shown', attempt, reply: null });

type Cell = readonly [status: PaymentStatus, attempt: number, message: DeviceMessage, decision: Decision];

/** The table of docs `terminal.v1`, "What the platform does with a message", by columns. */
const waiting: Cell[] = [
  ['requested', 0, { type: 'shown' }, { to: 'shown', reply: null }],
  ['shown', 0, { type: 'shown' }, ignore],
  ['requested', 0, begin(1), goAhead(1)],
  ['shown', 0, begin(1), goAhead(1)],
  ['shown', 1, begin(3), goAhead(3)],
  ['shown', 1, begin(1), ignore],
  ['shown', 2, begin(1), ignore],
  ['requested', 0, begin(0), ignore],
  ['requested', 0, notStarted(0), ignore],
  ['requested', 0, notStarted(1), shownBy(1)],
  ['shown', 1, notStarted(2), { attempt: 2, reply: null }],
  ['shown', 2, notStarted(1), { attempt: 2, reply: null }],
  ['requested', 0, cancelled(0), byCustomer],
  ['shown', 2, cancelled(1), byCustomer],
  ['requested', 0, expired(0), { to: 'not_delivered', reason: 'not_shown', reply: 'settled' }],
  ['shown', 1, expired(0), abandoned],
  ['requested', 0, result('approved'), { to: 'approved', reply: 'settled' }],
  ['shown', 1, result('declined', { declineReason: 'pin' }), { to: 'declined', reason: 'pin', reply: 'settled' }],
  ['requested', 0, { type: 'unsupported' }, { to: 'not_delivered', reason: 'refused', reply: 'settled' }],
  ['shown', 0, { type: 'unsupported' }, ignore],
  ['requested', 0, { type: 'busy' }, ignore],
  ['requested', 0, { type: 'received' }, ignore],
  ['requested', 0, { type: 'journal_lost' }, ignore],
  ['shown', 1, { type: 'journal_lost' }, ignore],
];
const processing: Cell[] = [
  ['processing', 1, { type: 'shown' }, ignore],
  ['processing', 1, begin(1), goAhead(1)],
  ['processing', 1, begin(2), goAhead(2)],
  ['processing', 2, begin(1), ignore],
  ['processing', 1, notStarted(1), shownBy(1)],
  ['processing', 1, notStarted(2), shownBy(2)],
  ['processing', 2, notStarted(1), ignore],
  ['processing', 1, cancelled(1), byCustomer],
  ['processing', 2, cancelled(1), ignore],
  ['processing', 1, expired(1), abandoned],
  ['processing', 2, expired(1), ignore],
  ['processing', 1, result('approved'), { to: 'approved', reply: 'settled' }],
  ['processing', 3, result('failed', { declineReason: 'jam' }), { to: 'failed', reason: 'jam', reply: 'settled' }],
  ['processing', 1, { type: 'journal_lost' }, { to: 'unknown', reason: 'journal_lost', reply: null }],
];
const unknown: Cell[] = [
  ['unknown', 1, { type: 'shown' }, ignore],
  ['unknown', 1, begin(1), goAhead(1)],
  ['unknown', 1, begin(2), goAhead(2)],
  ['unknown', 2, begin(1), ignore],
  ['unknown', 1, notStarted(1), { to: 'abandoned', attempt: 1, reply: 'withdraw' }],
  ['unknown', 2, notStarted(1), ignore],
  ['unknown', 1, cancelled(1), byCustomer],
  ['unknown', 2, cancelled(1), ignore],
  ['unknown', 1, expired(1), abandoned],
  ['unknown', 2, expired(1), ignore],
  ['unknown', 1, result('approved'), { to: 'approved', reply: 'settled' }],
  ['unknown', 1, result('failed'), { to: 'failed', reply: 'settled' }],
];

describe('the table of messages by state', () => {
  it.each([...waiting, ...processing, ...unknown])('%s at attempt %i, %j: %j', (status, attempt, message, decision) => {
    expect(decide(situation(status, attempt), message)).toEqual(decision);
  });

  const closed: readonly (readonly [DeviceMessage, Decision])[] = [
    [{ type: 'received' }, { reply: 'withdraw' }],
    [{ type: 'shown' }, { reply: 'withdraw' }],
    [begin(9), { reply: 'stop' }],
    [notStarted(9), { reply: 'withdraw' }],
    [cancelled(9), settled],
    [expired(9), settled],
    [{ type: 'unsupported' }, settled],
    [{ type: 'busy' }, ignore],
    [{ type: 'journal_lost' }, ignore],
  ];
  it.each(finalStatuses)('a payment that is %s stays so, whatever the device says', (status) => {
    for (const [message, decision] of closed) expect(decide(situation(status, 1), message)).toEqual(decision);
    for (const outcome of ['approved', 'declined', 'failed'] as const) {
      expect(decide(situation(status, 1), result(outcome))).toEqual({ ...settled, conflict: outcome !== status });
    }
  });
});

describe('a result with another amount or currency than proceeded', () => {
  const needsHuman: Decision = { to: 'unknown', reason: 'result_mismatch', reply: 'settled' };

  it.each(openStatuses)(
    'leaves a payment that was %s to a human, and settles the device, which has said all',
    (status) => {
      expect(decide(situation(status, 1), result('approved', { amount: 1001 }))).toEqual(needsHuman);
      expect(decide(situation(status, 1), result('declined', { currency: 'USD' }))).toEqual(needsHuman);
    },
  );

  it('counts the tip in', () => {
    const tipped = situation('processing', 1, { tip: 150 });
    expect(decide(tipped, result('approved', { amount: 1150 })).to).toBe('approved');
    expect(decide(tipped, result('approved'))).toEqual(needsHuman);
  });

  it('does not matter when nothing was charged', () => {
    expect(decide(situation('processing', 1), result('failed', { amount: 0 })).to).toBe('failed');
  });

  it('is a conflict with a payment that is approved', () => {
    expect(decide(situation('approved', 1), result('approved', { amount: 999 })).conflict).toBe(true);
  });

  it('is not hidden by what comes late from before it', () => {
    const mismatched = situation('unknown', 1, { reason: 'result_mismatch' });
    for (const late of [begin(1), begin(2), notStarted(1), cancelled(1), expired(1)]) {
      expect(decide(mismatched, late)).toEqual(ignore);
    }
    expect(decide(mismatched, result('approved')).to).toBe('approved');
  });
});

describe('an unknown payment whose device is taken by another one', () => {
  it('gets no go-ahead', () => {
    expect(decide(situation('unknown', 1, { deviceTaken: true }), begin(1))).toEqual(ignore);
    expect(decide(situation('unknown', 1, { deviceTaken: true }), begin(2))).toEqual(ignore);
  });

  it('still ends by what the device says', () => {
    const taken = situation('unknown', 1, { deviceTaken: true });
    expect(decide(taken, notStarted(1)).to).toBe('abandoned');
    expect(decide(taken, result('approved')).to).toBe('approved');
  });
});
