import { describe, expect, it } from '@jest/globals';
import { resultMessage } from './device-message.js';

describe('the text of a card', () => {
  it('loses what could not be stored', () => {
    const card = { type: 'VI', firstSix: '424242', lastFour: '4242', holder: 'DOE/J\0\0\u0007 ', token: 'tok\0' };
    const result = { attempt: 1, outcome: 'approved', amount: 1, tip: 0, currency: 'CAD', entryMode: 'tap' } as const;
    const heard = resultMessage({ ...result, card, approvalCode: 'A\ud800', declineReason: null }).result;
    expect(heard.card).toMatchObject({ holder: 'DOE/J', token: 'tok' });
    expect(heard.approvalCode).toBe('A');
  });

  it('is kept without a card number that the terminal put there', () => {
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
});
