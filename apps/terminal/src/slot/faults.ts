import type { JournalRecord } from '#terminal-sdk';

export type Stage = JournalRecord['stage'];

/** The power goes when a record of this stage is about to be written, or right after it is on the disk. */
export interface CutAt {
  readonly stage: Stage;
  readonly moment: 'before' | 'after';
}

/** What is wrong with one terminal and the world around it. */
export interface Faults {
  readonly unplugged: boolean;
  /** Milliseconds that everything needs in each direction. */
  readonly delayMs: number;
  readonly frozen: boolean;
  /** Every frame about a payment is sent and received twice. */
  readonly duplicates: boolean;
  readonly acquirerDown: boolean;
  /** How far the device's clock is ahead; minus: behind. It counts from the next switching on. */
  readonly clockSkewMinutes: number;
  /** Percent. */
  readonly battery: number;
  readonly cutAt: CutAt | null;
}

export const noFaults: Faults = {
  unplugged: false,
  delayMs: 0,
  frozen: false,
  duplicates: false,
  acquirerDown: false,
  clockSkewMinutes: 0,
  battery: 87,
  cutAt: null,
};

/** In the order of a payment's life; the last three end one without a charge. */
export const stages: readonly Stage[] = [
  ...(['received', 'begun', 'started', 'result', 'settled'] as const),
  ...(['cancelled', 'expired', 'stopped'] as const),
];
