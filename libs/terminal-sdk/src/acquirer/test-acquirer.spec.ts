import { describe, expect, it } from '@jest/globals';
import type { Authorisation } from './acquirer.js';
import { MemoryAnswers, TestAcquirer } from './test-acquirer.js';
import { testCards } from './test-cards.js';

const anAuthorisation = (more: Partial<Authorisation> = {}): Authorisation => ({
  kind: 'purchase',
  amount: 1_000,
  tip: 0,
  currency: 'CAD',
  card: testCards.visa,
  entryMode: 'tap',
  originalCardToken: null,
  ...more,
});

describe('the cents of the amount', () => {
  it.each([0, 1, 49, 50])('.%d approve', async (cents) => {
    const answer = await new TestAcquirer().authorise('key', anAuthorisation({ amount: 12_300 + cents, tip: 300 }));
    expect(answer).toMatchObject({ outcome: 'approved', amount: 12_300 + cents, tip: 300, declineReason: null });
    expect(answer).toMatchObject({ card: testCards.visa, entryMode: 'tap', currency: 'CAD' });
    expect(answer.approvalCode).toMatch(/^[A-HJKMNP-Z2-9]{6}$/);
  });

  it.each([
    [51, 'incorrect_pin'],
    [52, 'pick_up_card'],
    [53, 'amount_error'],
    [54, 'expired_card'],
    [55, 'do_not_honor'],
    [56, 'refer_to_issuer'],
    [57, 'service_not_allowed'],
    [58, 'over_limit'],
    [59, 'do_not_honor'],
    [99, 'do_not_honor'],
  ])('.%d decline: %s', async (cents, declineReason) => {
    const answer = await new TestAcquirer().authorise('key', anAuthorisation({ amount: 500 + cents }));
    expect(answer).toMatchObject({ outcome: 'declined', declineReason, approvalCode: null, amount: 500 + cents });
  });
});

describe('a refund', () => {
  it('goes to the card that was charged', async () => {
    const refund = anAuthorisation({ kind: 'refund', originalCardToken: testCards.visa.token });
    await expect(new TestAcquirer().authorise('key', refund)).resolves.toMatchObject({ outcome: 'approved' });
  });

  it('to another card is declined', async () => {
    const refund = anAuthorisation({ kind: 'refund', originalCardToken: testCards.interac.token });
    const declined = { outcome: 'declined', declineReason: 'different_card' };
    await expect(new TestAcquirer().authorise('key', refund)).resolves.toMatchObject(declined);
  });
});

describe('a key', () => {
  it('that is known gets its first answer, whatever is asked with it', async () => {
    const acquirer = new TestAcquirer();
    const answer = await acquirer.authorise('key', anAuthorisation());
    await expect(acquirer.authorise('key', anAuthorisation({ amount: 9_951 }))).resolves.toEqual(answer);
    await expect(acquirer.resolve('key')).resolves.toEqual(answer);
    await expect(acquirer.authorise('other', anAuthorisation({ amount: 9_951 }))).resolves.not.toEqual(answer);
  });

  it('that is asked for twice at once gets one answer', async () => {
    const acquirer = new TestAcquirer();
    const [one, two] = await Promise.all([
      acquirer.authorise('key', anAuthorisation()),
      acquirer.authorise('key', anAuthorisation()),
    ]);
    expect(one).toEqual(two);
  });

  it('without an answer is closed by the question: a request still on its way is refused', async () => {
    const acquirer = new TestAcquirer();
    await expect(acquirer.resolve('key')).resolves.toBeNull();
    const refused = { outcome: 'failed', declineReason: 'interrupted', approvalCode: null, amount: 1_000 };
    await expect(acquirer.authorise('key', anAuthorisation())).resolves.toMatchObject(refused);
    await expect(acquirer.resolve('key')).resolves.toBeNull();
  });

  it('is either answered or closed, also when both are asked at once', async () => {
    const acquirer = new TestAcquirer();
    const [resolved, authorised] = await Promise.all([
      acquirer.resolve('key'),
      acquirer.authorise('key', anAuthorisation()),
    ]);
    expect(resolved).toBeNull();
    expect(authorised.outcome).toBe('failed');
  });

  it('is known to an acquirer that is switched on with the same answers', async () => {
    const answers = new MemoryAnswers();
    const answer = await new TestAcquirer(answers).authorise('key', anAuthorisation());
    await expect(new TestAcquirer(answers).resolve('key')).resolves.toEqual(answer);
  });

  it('can be asked for again after its answer could not be kept', async () => {
    const answers = new MemoryAnswers();
    let isFull = true;
    const acquirer = new TestAcquirer({
      get: (key) => answers.get(key),
      put: (key, answer) => (isFull ? Promise.reject(new Error('the disk is full')) : answers.put(key, answer)),
    });
    await expect(acquirer.authorise('key', anAuthorisation())).rejects.toThrow('the disk is full');
    isFull = false;
    await expect(acquirer.authorise('key', anAuthorisation())).resolves.toMatchObject({ outcome: 'approved' });
  });
});
