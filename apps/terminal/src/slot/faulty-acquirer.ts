import type { Acquirer, Authorisation, PaymentResult } from '#terminal-sdk';
import type { Faults } from './faults.js';
import type { Gate } from './gate.js';
import { isSlow } from './test-cards.js';

const usualMs = 600;
const slowMs = 8_000;

/** The way to the card network: it takes its time, and may be down. What arrives there is answered whatever becomes of the terminal. */
export class FaultyAcquirer implements Acquirer {
  constructor(
    private readonly acquirer: Acquirer,
    private readonly faults: () => Faults,
    private readonly gate: Gate,
  ) {}

  async authorise(key: string, authorisation: Authorisation): Promise<PaymentResult> {
    await this.reach();
    const answer = await this.acquirer.authorise(key, authorisation);
    await after(isSlow(authorisation.card) ? slowMs : usualMs);
    await this.gate.passed();
    return answer;
  }

  async resolve(key: string): Promise<PaymentResult | null> {
    await this.reach();
    return this.acquirer.resolve(key);
  }

  private async reach(): Promise<void> {
    await this.gate.passed();
    if (this.faults().acquirerDown) throw new Error('the card network does not answer');
  }
}

const after = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
