import { describe, expect, it } from '@jest/globals';
import type { Payment } from '../api/payments.js';
import { csvOf } from './csv.js';

const payment: Payment = {
  ...{ id: 'p1', kind: 'purchase', status: 'approved', reason: null, deviceCode: 'NB7X', amount: 10, currency: 'CAD' },
  ...{ tipAmount: 1.5, invoiceNumber: 'A, "B"', customerCode: '=1+1', description: null, transactionId: 7 },
  ...{ createdAt: '2026-11-23T10:00:00.000Z', updatedAt: '2026-11-23T10:00:01.000Z', originalTransactionId: null },
  ...{ suspectedDuplicate: false, cardTransaction: null, timeline: [] },
};

describe('payments as CSV', () => {
  it('have a header line, and a line each', () => {
    expect(csvOf([payment, payment]).split('\r\n')).toHaveLength(3);
    expect(csvOf([])).toMatch(/^id,createdAt,kind,status,/);
  });

  it('quote what would break a line, and disarm what a spreadsheet would calculate', () => {
    const line = csvOf([payment]).split('\r\n')[1];
    expect(line).toContain(',11.5,1.5,CAD,NB7X,"A, ""B""",\'=1+1,7,');
  });
});
