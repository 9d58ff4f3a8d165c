import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { testCards } from '../acquirer/test-cards.js';
import { aProceed, aRequest, aResult, at, first, idOf } from '../../../../test/support/terminal-sdk/payments.js';
import { PaymentRun } from '../../../../test/support/terminal-sdk/payment-run.js';
import type { JournalRecord, PaymentResult } from './journal.js';
import type { Input } from './payment-input.js';

/** One of the payments, or the newest one of the journal. */
type Which = number | 'newest';

/** What may happen to a terminal, before it is known what the terminal holds. */
type Happening =
  | { readonly what: 'request'; readonly payment: number; readonly fresh: boolean; readonly lateMs: number }
  | {
      readonly what: 'proceed';
      readonly payment: Which;
      readonly stale: number;
      readonly key: string;
      readonly ms: number;
    }
  | { readonly what: 'withdraw' | 'settled'; readonly payment: Which }
  | { readonly what: 'card'; readonly payment: Which; readonly card: keyof typeof testCards; readonly tip: number }
  | { readonly what: 'cancel'; readonly payment: Which }
  | { readonly what: 'tick' | 'link_lost' | 'connected' }
  | { readonly what: 'answered'; readonly outcome: PaymentResult['outcome']; readonly isLast: boolean };

interface Moment {
  readonly happening: Happening;
  readonly afterMs: number;
  /** The power goes when so many actions of this step are done. */
  readonly crashAfter: number | undefined;
}

const payment = fc.integer({ min: 1, max: 4 });
const which = fc.oneof({ weight: 1, arbitrary: payment }, { weight: 4, arbitrary: fc.constant('newest' as const) });
const card = fc.constantFrom<(keyof typeof testCards)[]>('visa', 'mastercard', 'interac');
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ what: fc.constant('card' as const), payment: which, card, tip: fc.nat(300) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('cancel' as const), payment: which }) },
  {
    weight: 6,
    arbitrary: fc.record({
      what: fc.constant('proceed' as const),
      payment: which,
      stale: fc.constantFrom(0, 0, 0, 0, 1, 2, -1),
      key: fc.constantFrom('key-one-', 'key-two-'),
      ms: fc.constantFrom(-1, 0, 1, 5_000, 5_000, 60_000),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constant('request' as const),
      payment,
      fresh: fc.integer({ max: 9, min: 0 }).map((one) => one > 0),
      lateMs: fc.constantFrom(-15_000, -15_000, -15_000, -15_000, -1, 0),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ what: fc.constantFrom('withdraw' as const, 'settled' as const), payment: which }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constantFrom('tick' as const, 'link_lost' as const, 'connected' as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      what: fc.constant('answered' as const),
      outcome: fc.constantFrom('approved' as const, 'declined' as const, 'failed' as const),
      isLast: fc.constantFrom(true, true, true, false),
    }),
  },
);
const moment: fc.Arbitrary<Moment> = fc.record({
  happening,
  afterMs: fc.constantFrom(0, 0, 0, 1, 1, 250, 250, 4_000, 10_000, 50_000),
  crashAfter: fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.nat(3) }),
});

const idIn = (run: PaymentRun, payment: Which): string =>
  payment === 'newest' ? (run.journal.at(-1)?.paymentId ?? first) : idOf(payment);

/** The input that a happening is for this terminal; null when it cannot happen now. */
function inputOf(run: PaymentRun, of: Happening): Input | null {
  switch (of.what) {
    case 'request': {
      const times = { showBefore: at(run.now - of.lateMs), payBefore: at(run.now - of.lateMs + 60_000) };
      return { type: 'request', frame: aRequest({ paymentId: idOf(of.payment), ...times }), clockIsFresh: of.fresh };
    }
    case 'proceed': {
      const paymentId = idIn(run, of.payment);
      const attempt = Math.max(1, (run.payments.get(paymentId)?.attempt ?? 0) - of.stale);
      const startBefore = at(run.now + of.ms);
      const about = { paymentId, attempt, authorisationKey: of.key };
      return { type: 'proceed', frame: aProceed({ ...about, startBefore }) };
    }
    case 'withdraw':
    case 'settled':
      return { type: of.what, paymentId: idIn(run, of.payment) };
    case 'card':
      return {
        type: 'card',
        paymentId: idIn(run, of.payment),
        tip: of.tip,
        entryMode: 'tap',
        card: testCards[of.card],
      };
    case 'cancel':
      return { type: 'cancel', paymentId: idIn(run, of.payment), by: 'customer' };
    case 'answered': {
      const asked = of.isLast ? run.asked.shift() : run.asked[0];
      if (!asked) return null;
      const { paymentId, chargedAmount: amount, card } = asked;
      return { type: 'answered', paymentId, result: aResult({ outcome: of.outcome, amount, card }) };
    }
    default:
      return { type: of.what };
  }
}

function runOf(moments: readonly Moment[]): PaymentRun {
  const run = new PaymentRun();
  for (const { happening, afterMs, crashAfter } of moments) {
    run.now += afterMs;
    const input = inputOf(run, happening);
    if (input) run.take(input, crashAfter);
  }
  return run;
}

const numRuns = 3_000;
const moments = fc.array(moment, { minLength: 10, maxLength: 60, size: 'max' });

describe('whatever happens to a terminal, in whatever order', () => {
  it('charges at most once and by a written go-ahead, keeps each word, and knows after a crash what it knew before', () => {
    fc.assert(
      fc.property(moments, (happened) => {
        runOf(happened);
      }),
      { numRuns },
    );
  });

  it('ends each payment, once the acquirer answers and the time to pay is over', () => {
    fc.assert(
      fc.property(moments, (happened) => {
        const run = runOf(happened);
        for (let again = 0; again < 3; again += 1) {
          run.now += 200_000;
          const answer = inputOf(run, { what: 'answered', outcome: 'approved', isLast: true });
          if (answer) run.take(answer);
          run.take({ type: 'tick' });
        }
        expect(run.open).toBeUndefined();
      }),
      { numRuns: numRuns / 3 },
    );
  });

  it('gets far: among such runs are whole charges, second attempts that are charged, and power cuts during a charge', () => {
    const runs = fc.sample(moments, { numRuns, seed: 1 }).map(runOf);
    const having = (stages: RegExp) => runs.filter(({ journal }) => stages.test(journal.map(stageOf).join(' '))).length;
    expect(having(/received begun started result settled/)).toBeGreaterThan(50);
    expect(having(/begun begun started result/)).toBeGreaterThan(50);
    expect(runs.filter(({ resolved }) => resolved > 0).length).toBeGreaterThan(50);
  });
});

const stageOf = ({ stage }: JournalRecord): string => stage;
