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

  override wait(topic: string, ms: number, abort?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const waiters = this.waiters.get(topic) ?? new Set();
      const done = (): void => {
        clearTimeout(timer);
        abort?.removeEventListener('abort', done);
        waiters.delete(done);
        if (waiters.size === 0 && this.waiters.get(topic) === waiters) this.waiters.delete(topic);
        resolve();
      };
      const timer = setTimeout(done, ms);
      waiters.add(done);
      this.waiters.set(topic, waiters);
      abort?.addEventListener('abort', done);
      if (abort?.aborted) done();
    });
  }
}
