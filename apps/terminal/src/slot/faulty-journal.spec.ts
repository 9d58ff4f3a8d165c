import { beforeEach, describe, expect, it } from '@jest/globals';
import { type JournalRecord, MemoryJournal } from '#terminal-sdk';
import { type Faults, noFaults } from './faults.js';
import { FaultyJournal } from './faulty-journal.js';
import { Gate } from './gate.js';

const record: JournalRecord = { paymentId: 'p', stage: 'settled' };

describe('a journal at whose records the power goes', () => {
  let kept: MemoryJournal;
  let gate: Gate;
  let cuts: number;

  beforeEach(() => {
    kept = new MemoryJournal();
    gate = new Gate();
    cuts = 0;
  });

  const journal = (cutAt: Faults['cutAt']) => {
    const faults = { ...noFaults, cutAt };
    return new FaultyJournal(
      kept,
      () => faults,
      gate,
      () => (cuts += 1),
    );
  };

  it('before it: nothing is written, and nothing goes on', async () => {
    const appended = journal({ stage: 'settled', moment: 'before' }).append(record);
    const first = await Promise.race([
      appended.then(() => 'appended'),
      new Promise((turn) => setTimeout(turn, 10, 'waits')),
    ]);
    expect([first, cuts, kept.records]).toEqual(['waits', 1, []]);
  });

  it('after it: it is written', async () => {
    await journal({ stage: 'settled', moment: 'after' }).append(record);
    expect([cuts, kept.records]).toEqual([1, [record]]);
  });

  it('at another one: nothing happens', async () => {
    await journal({ stage: 'result', moment: 'before' }).append(record);
    expect([cuts, kept.records]).toEqual([0, [record]]);
  });

  it('waits while the terminal is frozen', async () => {
    gate.set(true);
    const appended = journal(null).append(record);
    expect(kept.records).toEqual([]);
    gate.set(false);
    await appended;
    expect(kept.records).toEqual([record]);
  });
});
