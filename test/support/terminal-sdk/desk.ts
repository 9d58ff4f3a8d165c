import { type Acquirer, type Journal, type JournalRecord, type PaymentResult, testCards } from '#terminal-sdk';
import { PaymentDesk } from '../../../libs/terminal-sdk/src/payments/payment-desk.js';
import { aProceed, aRequest, first, noon } from './payments.js';

/** A promise with its ends in the hands of the test. */
export class Held<Value> {
  readonly promise: Promise<Value>;
  resolve!: (value: Value) => void;
  reject!: (error: Error) => void;

  constructor() {
    this.promise = new Promise<Value>((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }
}

/** A desk, whose journal, acquirer and link write one common log of what happened in which order. */
export class LoggedDesk {
  readonly log: string[] = [];
  readonly records: JournalRecord[] = [];
  /** What the acquirer answers next; without one, it fails. */
  readonly answers: (Promise<PaymentResult | null> | PaymentResult | null)[] = [];
  /** Each append waits for the next of these. */
  readonly flushes: Promise<void>[] = [];
  /** So many records find space. */
  space = Infinity;
  lost = false;
  isJournalClosed = false;
  now = noon;
  changed: () => void = () => undefined;
  readonly desk: PaymentDesk;

  constructor(records: readonly JournalRecord[] = []) {
    this.records.push(...records);
    this.desk = new PaymentDesk({
      journal: this.journal,
      acquirer: this.acquirer,
      now: () => this.now,
      send: (frame) => this.log.push(frame.type.replace('payment.', '')),
      changed: () => {
        this.changed();
      },
      recorded: (record) => {
        if (record.stage === 'result') this.log.push(`shows ${record.result.outcome} of ${record.paymentId.slice(-1)}`);
      },
      failed: () => this.log.push('failed'),
    });
  }

  async begin(): Promise<void> {
    await this.desk.take({ type: 'request', frame: aRequest(), clockIsFresh: true });
    await this.desk.take({ type: 'card', paymentId: first, tip: 200, entryMode: 'tap', card: testCards.visa });
  }

  proceed(): Promise<void> {
    return this.desk.take({ type: 'proceed', frame: aProceed() });
  }

  private readonly journal: Journal = {
    read: () => Promise.resolve({ records: [...this.records], lost: this.lost }),
    append: async (record) => {
      await this.flushes.shift();
      if (this.records.length >= this.space) throw new Error('no space left');
      this.records.push(record);
      this.log.push(`J ${record.stage}`);
    },
    close: () => {
      this.isJournalClosed = true;
      return Promise.resolve();
    },
  };

  private readonly acquirer: Acquirer = {
    authorise: async (key, { amount }) => {
      this.log.push(`authorise ${key} ${amount}`);
      const answer = await this.next();
      if (answer === null) throw new Error('an authorisation is answered');
      return answer;
    },
    resolve: (key) => {
      this.log.push(`resolve ${key}`);
      return this.next();
    },
  };

  private next(): Promise<PaymentResult | null> {
    const [answer] = this.answers.splice(0, 1);
    return answer === undefined ? Promise.reject(new Error('no answer')) : Promise.resolve(answer);
  }
}
