import { describe, expect, it } from '@jest/globals';
import { withoutCardNumber } from './card-number.js';
import { resultMessage } from './device-message.js';
import { displayText, printable, referenceText } from './free-text.js';
import { CardDataNotAllowedError } from './payment-routing.errors.js';

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

  it('of a card loses what could not be stored', () => {
    const card = { type: 'VI', firstSix: '424242', lastFour: '4242', holder: 'DOE/J\0\0\u0007 ', token: 'tok\0' };
    const result = { attempt: 1, outcome: 'approved', amount: 1, tip: 0, currency: 'CAD', entryMode: 'tap' } as const;
    const heard = resultMessage({ ...result, card, approvalCode: 'A\ud800', declineReason: null }).result;
    expect(heard.card).toMatchObject({ holder: 'DOE/J', token: 'tok' });
    expect(heard.approvalCode).toBe('A');
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

  it('that a terminal puts where none belongs is not kept, and the result is', () => {
    const card = {
      type: 'VI',
      firstSix: '424242',
      lastFour: '4242',
      holder: 'DOE ４２４２ 4242 4242 4242',
      token: 't',
    };
    const result = { attempt: 1, outcome: 'declined', amount: 1, tip: 0, currency: 'CAD', entryMode: 'tap' } as const;
    const texts = { approvalCode: '4242424242424242', declineReason: 'no 4242-4242-4242-4242 here' };
    const heard = resultMessage({ ...result, card, ...texts }).result;
    expect(heard).toMatchObject({ card: { holder: 'DOE ****' }, approvalCode: '****', declineReason: 'no **** here' });
  });

  it('is never repeated in the refusal', () => {
    const refuse = () => withoutCardNumber('4242424242424242', 'metadata');
    expect(refuse).toThrow(/^metadata: looks like a card number/);
    expect(refuse).not.toThrow(/4242/);
  });
});
