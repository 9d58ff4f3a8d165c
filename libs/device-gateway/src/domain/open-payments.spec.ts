import { describe, expect, it } from '@jest/globals';
import { OpenPayments } from './open-payments.js';

describe('payments on a device', () => {
  it('are open from the request to the end', () => {
    const payments = new OpenPayments();
    payments.requested('a');
    expect([payments.any, payments.anyProcessing]).toEqual([true, false]);
    payments.ended('a');
    expect(payments.any).toBe(false);
  });

  it('are in processing from the card to what became of it', () => {
    const payments = new OpenPayments();
    payments.requested('a');
    payments.begun('a');
    expect(payments.anyProcessing).toBe(true);
    payments.notStarted('a');
    expect([payments.any, payments.anyProcessing]).toEqual([true, false]);
  });

  it('stay in processing when they are requested again', () => {
    const payments = new OpenPayments();
    payments.begun('a');
    payments.requested('a');
    expect(payments.anyProcessing).toBe(true);
  });
});
