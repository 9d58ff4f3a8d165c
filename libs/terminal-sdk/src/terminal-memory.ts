import type { LoggedIn } from './platform/platform-client.js';
import { type Facts, screenOf, type TerminalState } from './terminal-state.js';
import type { Saved, TerminalStore } from './terminal-store.js';

const nothingKnown: Omit<Facts, 'serialNumber' | 'missingSteps'> = {
  started: false,
  session: 'none',
  stopped: null,
  processing: false,
  mode: null,
  accountName: null,
  deviceName: null,
  userName: null,
  code: null,
  continued: false,
  listening: false,
  connected: false,
  nextAttemptAt: null,
  ping: null,
  message: null,
  payment: null,
  attempts: 0,
  outcome: null,
  ended: null,
};

/** What a terminal knows: the facts behind its screen, and the part of them that a power cut must not take. */
export class TerminalMemory {
  private readonly listeners = new Set<(state: TerminalState) => void>();
  private current: TerminalState;

  constructor(
    serialNumber: string,
    private readonly store: TerminalStore,
    private kept: Saved,
  ) {
    this.facts = { ...nothingKnown, serialNumber, missingSteps: kept.missingSteps };
    this.current = { ...this.facts, screen: screenOf(this.facts) };
  }

  facts: Facts;

  get state(): TerminalState {
    return this.current;
  }

  get saved(): Saved {
    return this.kept;
  }

  /** Calls `listener` with every new state; gives the function that ends it. */
  subscribe(listener: (state: TerminalState) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  change(change: Partial<Facts>): void {
    this.facts = { ...this.facts, ...change };
    this.current = { ...this.facts, screen: screenOf(this.facts) };
    for (const listener of this.listeners) listener(this.current);
  }

  async save(change: Partial<Saved>): Promise<void> {
    this.kept = { ...this.kept, ...change };
    await this.store.save(this.kept);
  }

  /** Counts the connects of the session. */
  async nextConnectSequence(): Promise<number> {
    const connectSequence = this.kept.connectSequence + 1;
    await this.save({ connectSequence });
    return connectSequence;
  }

  /** Shows whose session it is that is kept. */
  showSession({ mode, account, user }: LoggedIn): void {
    const opened = { session: 'open', mode, missingSteps: [], stopped: null, code: null, listening: false } as const;
    this.change({ ...opened, accountName: account.name, userName: user.name, outcome: null, ended: null });
  }

  async endSession(): Promise<void> {
    await this.save({ session: null, connectSequence: 0 });
    const off = {
      session: 'ended',
      mode: null,
      code: null,
      deviceName: null,
      listening: false,
      connected: false,
    } as const;
    // A lock is of no interest to who logs in next: the platform says it again.
    const stopped = this.facts.stopped === 'forbidden' ? null : this.facts.stopped;
    this.change({ ...off, stopped, userName: null, message: null });
  }

  async keepMissing(missingSteps: Saved['missingSteps']): Promise<void> {
    await this.save({ missingSteps });
    this.change({ missingSteps });
  }
}
