import { describe, expect, it } from '@jest/globals';
import { bodyOf, curlOf, type Order } from './curl.js';

const order: Order = { code: 'NB7X', amount: 10.25, currency: 'CAD', description: '', invoiceNumber: '', tips: [] };

describe('the call that a form stands for', () => {
  it('leaves out what is empty', () => {
    expect(bodyOf(order)).toEqual({ currency: 'CAD', transactionAmount: 10.25 });
    expect(bodyOf({ ...order, description: ' Lunch ', tips: [15, 18] })).toEqual({
      ...{ currency: 'CAD', transactionAmount: 10.25, description: 'Lunch', tipping: { percentages: [15, 18] } },
    });
  });

  it('survives a shell, whatever is in a text', () => {
    expect(curlOf({ ...order, description: "Joe's" }, 'https://pay.example.com')).toContain(`Joe'\\''s`);
    expect(curlOf(order, 'https://pay.example.com')).toContain(
      'https://pay.example.com/v2/devices/NB7X/payment/purchase',
    );
  });
});
