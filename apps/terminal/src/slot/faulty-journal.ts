import type { Journal, JournalRecord } from '#terminal-sdk';
import type { CutAt, Faults } from './faults.js';
import type { Gate } from './gate.js';

/** A journal at whose records the power may go. */
export class FaultyJournal implements Journal {
  constructor(
    private readonly journal: Journal,
    private readonly faults: () => Faults,
    private readonly gate: Gate,
    private readonly cutPower: () => void,
  ) {}

  read(): ReturnType<Journal['read']> {
    return this.journal.read();
  }

  async append(record: JournalRecord): Promise<void> {
    await this.gate.passed();
    if (this.isCutAt(record, 'before')) {
      this.cutPower();
      // Whoever waits for a terminal without power waits for ever.
      await new Promise<never>(() => undefined);
    }
    await this.journal.append(record);
    if (this.isCutAt(record, 'after')) this.cutPower();
  }

  close(): Promise<void> {
    return this.journal.close();
  }

  private isCutAt({ stage }: JournalRecord, moment: CutAt['moment']): boolean {
    const { cutAt } = this.faults();
    return cutAt?.stage === stage && cutAt.moment === moment;
  }
}
