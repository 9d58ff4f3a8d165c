import { describe, expect, it } from '@jest/globals';
import { aRequest, aResult, first } from '../../../test/support/terminal-sdk/payments.js';
import { type Facts, type Screen, screenOf } from './terminal-state.js';

/** A terminal that is ready to take payment. */
const ready: Facts = {
  started: true,
  session: 'open',
  stopped: null,
  processing: false,
  serialNumber: 'S-1',
  missingSteps: [],
  mode: 'api',
  accountName: 'Corner Shop',
  deviceName: null,
  userName: 'Ada',
  code: 'K7QX',
  continued: true,
  listening: true,
  connected: true,
  nextAttemptAt: null,
  ping: null,
  message: null,
  payment: null,
  attempts: 0,
  outcome: null,
  ended: null,
};
const outcome = (what: 'approved' | 'declined' | 'failed') => ({
  paymentId: first,
  result: aResult({ outcome: what }),
});
const payment = aRequest();

describe('the screen', () => {
  it.each<[Screen, string, Partial<Facts>]>([
    ['starting', 'until the journal is read', { started: false }],
    ['setup', 'while steps of the set-up are missing', { missingSteps: ['account'], session: 'none' }],
    ['log_in', 'before the first session', { session: 'none', mode: null }],
    ['logged_out', 'after a session', { session: 'ended', mode: null }],
    ['standalone', 'in a session without API mode', { mode: 'standalone', code: null, connected: false }],
    ['registering', 'until there is a code', { code: null, connected: false }],
    ['code', 'until Continue was pressed', { continued: false }],
    ['code', 'while the platform does not say that it listens', { listening: false }],
    ['ready', 'when it listens', {}],
    ['offline', 'without a connection', { connected: false, listening: false }],
    ['payment', 'while a payment is asked for', { payment }],
    ['processing', 'from the card on', { payment, processing: true }],
    ['approved', 'for a moment', { outcome: outcome('approved') }],
    ['declined', 'for a moment', { outcome: outcome('declined') }],
    ['failed', 'for a moment', { outcome: outcome('failed') }],
    ['cancelled', 'for a moment', { ended: { paymentId: first, how: 'cancelled', by: 'customer' } }],
    ['timed_out', 'for a moment', { ended: { paymentId: first, how: 'timed_out', by: null } }],
    ['locked', 'when the platform refuses the terminal', { stopped: 'forbidden', connected: false }],
    ['update_required', 'when the platform does not speak its version', { stopped: 'update_required' }],
    ['out_of_order', 'when the journal cannot be written', { stopped: 'storage' }],
  ])('is %s %s', (screen, _, facts) => {
    expect(screenOf({ ...ready, ...facts })).toBe(screen);
  });
});

describe('money comes first on the screen:', () => {
  it.each<[string, Partial<Facts>]>([
    ['a lost link', { connected: false, listening: false }],
    ['the end of the session', { session: 'ended', mode: null, code: null }],
    ['a lock', { stopped: 'forbidden' }],
    ['the outcome of the payment before', { outcome: outcome('approved') }],
  ])('%s hides neither the prompt nor the card step', (_, facts) => {
    expect(screenOf({ ...ready, ...facts, payment })).toBe('payment');
    expect(screenOf({ ...ready, ...facts, payment, processing: true })).toBe('processing');
  });

  it('a lost link does not hide the outcome', () => {
    expect(screenOf({ ...ready, connected: false, outcome: outcome('declined') })).toBe('declined');
  });
});
