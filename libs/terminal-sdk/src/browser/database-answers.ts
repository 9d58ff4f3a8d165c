import type { AnswerStore } from '../acquirer/test-acquirer.js';
import type { PaymentResult } from '../payments/journal.js';
import type { TerminalDatabase } from './terminal-database.js';

/** Answers of a test acquirer: a terminal that is switched off and on finds them again. */
export class DatabaseAnswers implements AnswerStore {
  constructor(private readonly database: TerminalDatabase) {}

  get(key: string): Promise<PaymentResult | 'closed' | undefined> {
    return this.database.get('answers', key);
  }

  put(key: string, answer: PaymentResult | 'closed'): Promise<void> {
    return this.database.put('answers', key, answer);
  }
}
