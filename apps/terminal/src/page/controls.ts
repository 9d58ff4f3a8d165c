import type { HeldPayment, TerminalState } from '#terminal-sdk';
import { type Faults, noFaults } from '../slot/faults.js';
import type { Slot } from '../slot/slot.js';

/** The fault panel for programs, one for each terminal of the page. */
export interface TerminalControls {
  state(): TerminalState | null;
  power(): string;
  payments(): readonly HeldPayment[];
  faults(): Faults;
  setFaults(change: Partial<Faults>): void;
  /** Nothing is wrong any more. */
  mend(): void;
  powerCut(): void;
  powerOn(): Promise<void>;
  /** Forgets the terminal; a new one takes its place. */
  replace(): Promise<void>;
}

declare global {
  interface Window {
    /** The first terminal, and all of them as `slots`. */
    tillgateTerminal?: TerminalControls & { readonly slots: readonly TerminalControls[] };
  }
}

export function offerControls(slots: readonly Slot[]): void {
  const controls = slots.map(controlsOf);
  const [first] = controls;
  if (first) window.tillgateTerminal = { ...first, slots: controls };
}

const controlsOf = (slot: Slot): TerminalControls => ({
  state: () => slot.view.state,
  power: () => slot.view.power,
  payments: () => slot.terminal?.payments ?? [],
  faults: () => slot.view.faults,
  setFaults: (change) => {
    slot.setFaults(change);
  },
  mend: () => {
    slot.setFaults(noFaults);
  },
  powerCut: slot.powerCut,
  powerOn: () => slot.powerOn(),
  replace: () => slot.replace(),
});
