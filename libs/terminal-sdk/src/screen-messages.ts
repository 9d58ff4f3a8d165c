import type { FrameOf } from '#terminal-protocol';
import type { TerminalMemory } from './terminal-memory.js';
import { Timers } from './timers.js';

/** What the point of sale shows on the idle screen, each for its time. */
export class ScreenMessages {
  private readonly timers = new Timers();

  constructor(private readonly memory: TerminalMemory) {}

  /** The newest text takes the place of an older one. */
  display({ text, seconds }: FrameOf<'display'>): void {
    this.timers.clear();
    this.memory.change({ message: text });
    this.timers.after(seconds * 1000, () => {
      this.memory.change({ message: null });
    });
  }

  close(): void {
    this.timers.clear();
  }
}
