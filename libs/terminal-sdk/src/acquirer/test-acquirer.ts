import type { PaymentResult } from '../payments/journal.js';
import type { Acquirer, Authorisation } from './acquirer.js';

/** Cents of the charged amount that decline, and why. */
const declines: Readonly<Record<number, string>> = {
  51: 'incorrect_pin',
  52: 'pick_up_card',
  53: 'amount_error',
  54: 'expired_card',
  55: 'do_not_honor',
  56: 'refer_to_issuer',
  57: 'service_not_allowed',
  58: 'over_limit',
};

/** Where a test acquirer keeps its answers; a terminal that is switched off and on must find them again. */
export interface AnswerStore {
  get(key: string): Promise<PaymentResult | 'closed' | undefined>;
  put(key: string, answer: PaymentResult | 'closed'): Promise<void>;
}

export class MemoryAnswers implements AnswerStore {
  private readonly answers = new Map<string, PaymentResult | 'closed'>();

  get(key: string): Promise<PaymentResult | 'closed' | undefined> {
    return Promise.resolve(this.answers.get(key));
  }

  put(key: string, answer: PaymentResult | 'closed'): Promise<void> {
    this.answers.set(key, answer);
    return Promise.resolve();
  }
}

/** An acquirer for tests: the cents of the amount decide, as in the published test amounts. One question after another. */
export class TestAcquirer implements Acquirer {
  private turn: Promise<unknown> = Promise.resolve();

  /** @param declineOf why an authorisation is declined, or null: it is approved. */
  constructor(
    private readonly answers: AnswerStore = new MemoryAnswers(),
    private readonly declineOf: (authorisation: Authorisation) => string | null = declineByCents,
  ) {}

  authorise(key: string, authorisation: Authorisation): Promise<PaymentResult> {
    return this.inTurn(() => this.answerTo(key, authorisation));
  }

  resolve(key: string): Promise<PaymentResult | null> {
    return this.inTurn(() => this.answerOrClose(key));
  }

  private inTurn<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    const answer = this.turn.then(ask);
    this.turn = answer.catch(() => undefined);
    return answer;
  }

  private async answerTo(key: string, authorisation: Authorisation): Promise<PaymentResult> {
    const known = await this.answers.get(key);
    if (known === 'closed') return failed(authorisation, 'interrupted');
    if (known) return known;
    const answer = decide(authorisation, this.declineOf(authorisation));
    await this.answers.put(key, answer);
    return answer;
  }

  private async answerOrClose(key: string): Promise<PaymentResult | null> {
    const known = await this.answers.get(key);
    if (known && known !== 'closed') return known;
    await this.answers.put(key, 'closed');
    return null;
  }
}

/** The published test amounts: .00 to .50 approve. */
export function declineByCents({ amount }: Pick<Authorisation, 'amount'>): string | null {
  const cents = amount % 100;
  return cents <= 50 ? null : (declines[cents] ?? 'do_not_honor');
}

function decide(authorisation: Authorisation, decline: string | null): PaymentResult {
  const { amount, tip, currency, card, entryMode, originalCardToken } = authorisation;
  const facts = { amount, tip, currency, card, entryMode };
  if (originalCardToken !== null && originalCardToken !== card.token)
    return { outcome: 'declined', ...facts, approvalCode: null, declineReason: 'different_card' };
  if (decline === null) return { outcome: 'approved', ...facts, approvalCode: approvalCode(), declineReason: null };
  return { outcome: 'declined', ...facts, approvalCode: null, declineReason: decline };
}

function failed({ amount, tip, currency, entryMode, card }: Authorisation, declineReason: string): PaymentResult {
  return { outcome: 'failed', amount, tip, currency, entryMode, card, approvalCode: null, declineReason };
}

const approvalCode = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(6)), (byte) =>
    'ABCDEFGHJKMNPQRSTUVWXYZ23456789'.charAt(byte % 31),
  ).join('');
