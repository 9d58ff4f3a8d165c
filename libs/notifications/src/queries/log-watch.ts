import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { RepeatingTask, WakeUps } from '#messaging';
import { EventLogReader, type LogPage, type LogPosition } from './event-log-reader.js';

/** A wake-up can be lost: so often one query looks for all who wait in this process. */
const lookAgainMs = 2_000;

interface Waiter {
  readonly after: number;
  readonly wake: () => void;
}

/** Where readers wait for an account's log to go on. */
@Injectable()
export class LogWatch implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly waiters = new Map<string, Set<Waiter>>();
  private readonly looking = new RepeatingTask('event log watch', lookAgainMs, () => this.look());

  constructor(
    private readonly reader: EventLogReader,
    private readonly wakeUps: WakeUps,
  ) {}

  onApplicationBootstrap(): void {
    this.looking.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.looking.stop();
  }

  /** The next page, at once or as soon as there is something in it; an empty one after `ms`, or when the reader is gone. */
  async next(position: LogPosition, limit: number, ms: number, gone: AbortSignal): Promise<LogPage> {
    const deadline = Date.now() + ms;
    for (let { after } = position; ;) {
      const left = deadline - Date.now();
      // Waiting begins before reading, so that no change falls between the two.
      const waiting = this.wait(position.accountId, after, Math.max(0, left), gone);
      try {
        const page = await this.reader.read({ ...position, after }, limit);
        if (page.events.length > 0 || left <= 0 || !(await waiting.woken)) return page;
        after = page.next;
      } finally {
        waiting.stop();
      }
    }
  }

  private wait(accountId: string, after: number, ms: number, gone: AbortSignal) {
    const enough = new AbortController();
    const stop = (): void => {
      enough.abort();
    };
    gone.addEventListener('abort', stop);
    if (gone.aborted) stop();
    let grown = false;
    const wake = (): void => {
      grown = true;
      stop();
    };
    const waiter = { after, wake };
    const waiters = this.waiters.get(accountId) ?? new Set();
    this.waiters.set(accountId, waiters.add(waiter));
    const woken = this.wakeUps.wait(`events:${accountId}`, ms, enough.signal).then((signalled) => {
      gone.removeEventListener('abort', stop);
      waiters.delete(waiter);
      if (waiters.size === 0 && this.waiters.get(accountId) === waiters) this.waiters.delete(accountId);
      return signalled || grown;
    });
    return { woken, stop };
  }

  private async look(): Promise<void> {
    if (this.waiters.size === 0) return;
    const known = new Map([...this.waiters].map(([account, waiters]) => [account, leastOf(waiters)]));
    for (const account of await this.reader.grown(known)) {
      for (const { wake } of this.waiters.get(account) ?? []) wake();
    }
  }
}

const leastOf = (waiters: ReadonlySet<Waiter>): number =>
  [...waiters].reduce((least, { after }) => Math.min(least, after), Number.MAX_SAFE_INTEGER);
