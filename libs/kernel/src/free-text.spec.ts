import { describe, expect, it } from '@jest/globals';
import { CardDataNotAllowedError, displayText, printable, referenceText, withoutCardNumber } from './index.js';

describe('free text', () => {
  it.each(['a\0b', 'line\nline', 'a\u2028b', 'a\u202Eb', 'a\u200Fb', '\ud800', 'a\u001b[31m'])(
    'that cannot be printed is refused: %j',
    (value) => {
      expect(() => referenceText(value, 'invoiceNumber', 50)).toThrow(/^invoiceNumber: has characters/);
      expect(printable(value)).not.toBe(value);
    },
  );

  it('is kept as it came when it is a reference, and put in one form when it is for people', () => {
    const decomposed = 'Cafe\u0301';
    expect(referenceText(decomposed, 'invoiceNumber', 50)).toBe(decomposed);
    expect(displayText(decomposed, 'description', 80)).toBe('Caf\u00e9');
  });

  it('is measured as it is stored: some characters grow when they are put in one form', () => {
    expect(() => displayText('\u0958'.repeat(41), 'description', 80)).toThrow(/at most 80/);
    expect(displayText('👩‍🚀'.repeat(16), 'description', 80)).toHaveLength(80);
  });
});

describe('a card number in free text', () => {
  it.each([
    '4242424242424242',
    'card 4242 4242 4242 4242 please',
    '4242-4242-4242-4242',
    '４２４２４２４２４２４２４２４２',
    '2026 4242 4242 4242 4242 12',
    '378282246310005',
    '5555.5555.5555.4444',
    '6011\u00a01111\u00a01111\u00a01117',
    '6200000000000005',
  ])('is refused, however it is written: %s', (value) => {
    expect(() => withoutCardNumber(value, 'description')).toThrow(CardDataNotAllowedError);
  });

  it.each(['4242424242424241', '0000000000000000', '1763900000300', 'INV281474976710655', '+1 403 555 0199', '42'])(
    'is not seen in %s',
    (value) => {
      expect(withoutCardNumber(value, 'description')).toBe(value);
    },
  );

  it('is never repeated in the refusal', () => {
    const refuse = () => withoutCardNumber('4242424242424242', 'metadata');
    expect(refuse).toThrow(/^metadata: looks like a card number/);
    expect(refuse).not.toThrow(/4242/);
  });
});
