import type { CardData } from '../payments/journal.js';

/** Cards of the test networks, as a reader hands them over: never a whole number. */
export const testCards = {
  visa: { type: 'VI', firstSix: '424242', lastFour: '4242', holder: 'TEST VISA', token: 'tok_test_visa' },
  mastercard: { type: 'MC', firstSix: '555555', lastFour: '4444', holder: 'TEST MASTERCARD', token: 'tok_test_mc' },
  interac: { type: 'IN', firstSix: '450231', lastFour: '0011', holder: 'TEST INTERAC', token: 'tok_test_interac' },
} as const satisfies Readonly<Record<string, CardData>>;
