import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AnswerStore } from '../acquirer/test-acquirer.js';
import type { PaymentResult } from '../payments/journal.js';
import { isMissingFile } from './missing-file.js';

/** Answers of a test acquirer, a file each: a terminal that is switched off and on finds them again. */
export class FileAnswers implements AnswerStore {
  constructor(private readonly folder: string) {}

  async get(key: string): Promise<PaymentResult | 'closed' | undefined> {
    try {
      return JSON.parse(await readFile(join(this.folder, `${key}.json`), 'utf8')) as PaymentResult | 'closed';
    } catch (error) {
      if (isMissingFile(error)) return undefined;
      throw error;
    }
  }

  async put(key: string, answer: PaymentResult | 'closed'): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    await writeFile(join(this.folder, `${key}.json`), JSON.stringify(answer), { flush: true });
  }
}
