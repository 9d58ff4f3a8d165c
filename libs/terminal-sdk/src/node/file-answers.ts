import { join } from 'node:path';
import type { AnswerStore } from '../acquirer/test-acquirer.js';
import type { PaymentResult } from '../payments/journal.js';
import { jsonOf, writeWhole } from './whole-file.js';

/** Answers of a test acquirer, a file each: a terminal that is switched off and on finds them again. */
export class FileAnswers implements AnswerStore {
  constructor(private readonly folder: string) {}

  get(key: string): Promise<PaymentResult | 'closed' | undefined> {
    return jsonOf(this.fileOf(key));
  }

  put(key: string, answer: PaymentResult | 'closed'): Promise<void> {
    return writeWhole(this.fileOf(key), JSON.stringify(answer));
  }

  private fileOf(key: string): string {
    return join(this.folder, `${key}.json`);
  }
}
