import type { TerminalState } from '#terminal-sdk';
import type { Faults } from './faults.js';

/** All that the page draws of one terminal; a new object with every change. */
export interface SlotView {
  /** `elsewhere`: another page of this browser has it. `unable`: this browser keeps nothing, or gives no keys. */
  readonly power: 'on' | 'off' | 'starting' | 'elsewhere' | 'unable';
  readonly state: TerminalState | null;
  readonly faults: Faults;
  /** Milliseconds of the last heartbeat and its answer. */
  readonly roundTripMs: number | null;
}
