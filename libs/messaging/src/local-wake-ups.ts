import { Injectable } from '@nestjs/common';
import { WakeUps } from './ports.js';

/** Waiters of this process; enough by itself when there is only one. */
@Injectable()
export class LocalWakeUps extends WakeUps {
  private readonly waiters = new Map<string, Set<() => void>>();

  override signal(topic: string): void {
    this.wake(topic);
  }

  /** Wakes the waiters of this process only. */
  wake(topic: string): void {
    for (const wake of this.waiters.get(topic) ?? []) wake();
  }

  override wait(topic: string, ms: number, abort?: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const waiters = this.waiters.get(topic) ?? new Set();
      const done = (signalled: boolean): void => {
        clearTimeout(timer);
        abort?.removeEventListener('abort', giveUp);
        waiters.delete(wake);
        if (waiters.size === 0 && this.waiters.get(topic) === waiters) this.waiters.delete(topic);
        resolve(signalled);
      };
      const wake = (): void => {
        done(true);
      };
      const giveUp = (): void => {
        done(false);
      };
      const timer = setTimeout(giveUp, ms);
      waiters.add(wake);
      this.waiters.set(topic, waiters);
      abort?.addEventListener('abort', giveUp);
      if (abort?.aborted) giveUp();
    });
  }
}
