import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { type DataOf, PaymentConflictFound, type PaymentRequested } from '#contracts';
import type { PublicEventType } from '../public-event.js';
import { ofApiMode, ofConflict, ofDevice, ofPairing, ofPayment } from './public-events.js';

type Payment = DataOf<typeof PaymentRequested>;
type Conflict = DataOf<typeof PaymentConflictFound>;

const sample = new URL('../../../contracts/samples/payment-routing/PaymentConflictFound.v1.json', import.meta.url);
const { data } = JSON.parse(readFileSync(sample, 'utf8')) as { data: unknown };

const aConflict = (facts: Partial<Conflict> = {}): Conflict => ({ ...PaymentConflictFound.data.parse(data), ...facts });
const aPayment = (facts: Partial<Payment>): Payment => ({ ...aConflict(), transactionId: null, ...facts });
const typesOf = (type: PublicEventType, facts: Partial<Payment>) =>
  ofPayment(type, aPayment({ reason: null, ...facts })).map((event) => event.type);

describe('what a change of a payment says', () => {
  it.each([
    ['payment.requested', 'requested'],
    ['payment.shown', 'shown'],
    ['payment.processing', 'processing'],
    ['payment.resumed', 'shown'],
    ['payment.resumed', 'processing'],
  ] as const)('%s while it goes on: that and nothing else', (type, status) => {
    expect(typesOf(type, { status })).toEqual([type]);
  });

  it.each([
    ['payment.approved', 'approved', null],
    ['payment.approved', 'approved', 'by_operator'],
    ['payment.declined', 'declined', 'insufficient_funds'],
    ['payment.failed', 'failed', 'device_fault'],
  ] as const)('%s with a card transaction: also the published cardTransaction', (type, status, reason) => {
    const events = ofPayment(type, aPayment({ status, reason, transactionId: 25_764_674 }));
    expect(events.map((event) => event.type)).toEqual([type, 'cardTransaction']);
    expect(events[1]?.data).toEqual({ id: '25764674' });
  });

  it.each([
    ['payment.cancelled', 'cancelled', 'by_customer'],
    ['payment.cancelled', 'cancelled', 'by_staff'],
    ['payment.abandoned', 'abandoned', null],
    ['payment.not_delivered', 'not_delivered', 'not_reached'],
    ['payment.not_delivered', 'not_delivered', 'device_busy'],
    ['payment.failed', 'failed', 'device_fault'],
    ['payment.failed', 'failed', 'by_operator'],
  ] as const)('%s, %s %s without a card transaction: also the published terminalCancel', (type, status, reason) => {
    expect(typesOf(type, { status, reason })).toEqual([type, 'terminalCancel']);
  });

  it('cancelled by the point of sale says nothing in the published shape: it knows', () => {
    expect(typesOf('payment.cancelled', { status: 'cancelled', reason: 'by_pos' })).toEqual(['payment.cancelled']);
  });

  it.each(['device_silent', 'journal_lost', 'result_mismatch'])(
    'unknown, %s: no end yet, so neither of the two',
    (reason) => {
      expect(typesOf('payment.unknown', { status: 'unknown', reason })).toEqual(['payment.unknown']);
    },
  );

  it('tells of a card transaction once over the life of a payment, wherever the transaction was known', () => {
    const transactionId = 25_764_674;
    const life = [
      ...ofPayment('payment.unknown', aPayment({ status: 'unknown', reason: 'result_mismatch', transactionId })),
      ...ofPayment('payment.resumed', aPayment({ status: 'processing', transactionId })),
      ...ofPayment('payment.approved', aPayment({ status: 'approved', transactionId })),
    ];
    expect(life.filter(({ type }) => type === 'cardTransaction')).toHaveLength(1);
  });

  it('shows amounts as decimals, and no number of the inside', () => {
    const [event] = ofPayment('payment.approved', aPayment({ status: 'approved', amount: 1099, tip: 110 }));
    expect(event?.data).toMatchObject({ amount: 10.99, tipAmount: 1.1, currency: 'CAD', deviceCode: 'NB7X' });
    expect(Object.keys(event?.data ?? {})).not.toContain('accountId');
  });
});

describe('the published terminalCancel', () => {
  it('has its six fields, the time to the second', () => {
    const [, cancel] = ofPayment('payment.abandoned', aPayment({ status: 'abandoned' }));
    expect(cancel?.data).toEqual({
      cancelledAt: '2026-11-23T17:06:30Z',
      currency: 'CAD',
      deviceCode: 'NB7X',
      transactionAmount: 10.99,
      invoiceNumber: 'INV-2042',
      customerCode: 'CST-7',
    });
  });
});

describe('a conflict', () => {
  it('with a card transaction tells of that one, not of the one that the payment has', () => {
    const events = ofConflict(aConflict({ status: 'declined', transactionId: 1, conflictingTransactionId: 2 }));
    expect(events.map(({ type }) => type)).toEqual(['payment.conflict', 'cardTransaction']);
    expect(events[0]?.data).toMatchObject({ status: 'declined', reported: 'approved', conflictingTransactionId: 2 });
    expect(events[1]?.data).toEqual({ id: '2' });
  });

  it('without a card transaction is told alone', () => {
    const events = ofConflict(aConflict({ reported: 'failed', conflictingTransactionId: null }));
    expect(events.map(({ type }) => type)).toEqual(['payment.conflict']);
  });
});

describe('devices and API mode', () => {
  const accountId = '01a2095d-5000-79af-8211-329b2fc82e5e';
  const deviceId = '01a2095d-5000-7263-8a4d-be41488fb872';

  it('are told without the account, its users and sessions', () => {
    const by = { kind: 'user', id: 'olive', name: 'Olive Owner' } as const;
    const known = { deviceId, accountId, serialNumber: 'SN-1', model: 'T1', appVersion: '1', session: null };
    const device = ofDevice('device.locked', { ...known, locked: true, retired: false, by });
    expect(device).toEqual({ type: 'device.locked', data: { deviceId, serialNumber: 'SN-1', model: 'T1' } });
    expect(ofPairing('device.offline', { deviceId, accountId, code: 'NB7X' }, { since: 'then' })).toEqual({
      type: 'device.offline',
      data: { deviceId, deviceCode: 'NB7X', since: 'then' },
    });
    const changedAt = '2026-11-23T17:06:30.120Z';
    expect(ofApiMode({ accountId, enabled: true, changedAt, changedBy: 'somebody' })).toEqual({
      type: 'api_mode.changed',
      data: { enabled: true, changedAt },
    });
  });
});
