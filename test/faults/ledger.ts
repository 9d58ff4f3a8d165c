import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Acquirer, type Authorisation, type PaymentResult, TestAcquirer } from '#terminal-sdk';
import { eventually } from '../support/eventually.js';
import { freePort } from '../../scripts/free-port.mjs';
import { TestProcess } from '../support/process.js';

export interface Charge {
  readonly at: number;
  readonly key: string;
  readonly outcome: string;
  readonly amount: number;
}

/** The independent judge of what was charged. Its file is the truth, whatever platform and terminals say. */
export class Ledger {
  private constructor(
    private readonly process: TestProcess,
    private readonly file: string,
    private readonly url: string,
  ) {}

  static async start(folder: string): Promise<Ledger> {
    const port = await freePort();
    const file = join(folder, 'ledger.jsonl');
    const script = fileURLToPath(new URL('ledger-process.mjs', import.meta.url));
    const process = TestProcess.start('ledger', script, {}, [file, String(port)]);
    await eventually('the ledger is ready', () => process.output.includes('ready'));
    return new Ledger(process, file, `http://127.0.0.1:${port}`);
  }

  stop(): Promise<void> {
    return this.process.stop();
  }

  /** The charges that the card network approved, by authorisation key. */
  async approved(): Promise<Map<string, Charge[]>> {
    const text = await readFile(this.file, 'utf8').catch(() => '');
    const charges = text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Charge);
    const approved = charges.filter(({ outcome }) => outcome === 'approved');
    return new Map(approved.map(({ key }) => [key, approved.filter((one) => one.key === key)]));
  }

  /** A terminal's way to it. `slowMs`: how long the card network takes, time enough for a power cut. */
  acquirer(slowMs = 0): Acquirer {
    const decides = new TestAcquirer();
    const ask = async (path: string, body: object): Promise<unknown> => {
      await sleep(slowMs);
      const response = await fetch(this.url + path, { method: 'POST', body: JSON.stringify(body) });
      return response.json();
    };
    return {
      authorise: async (key: string, authorisation: Authorisation) => {
        const answer = await decides.authorise(key, authorisation);
        return (await ask('/authorise', { key, answer })) as PaymentResult;
      },
      resolve: async (key: string) => (await ask('/resolve', { key })) as PaymentResult | null,
    };
  }
}
