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

  /** The next page; where there is none yet, what there is when the log goes on, after `ms`, or when the reader is gone. */
  async next(position: LogPosition, limit: number, ms: number, gone: AbortSignal): Promise<LogPage> {
    const enough = new AbortController();
    const stop = (): void => {
      enough.abort();
    };
    gone.addEventListener('abort', stop);
    if (gone.aborted) stop();
    try {
      // Waiting begins before reading, so that no change falls between the two.
      const woken = this.wait(position, ms, enough);
      const page = await this.reader.read(position, limit);
      if (page.events.length > 0 || ms <= 0) return page;
      await woken;
      return await this.reader.read({ ...position, after: page.next }, limit);
    } finally {
      stop();
      gone.removeEventListener('abort', stop);
    }
  }

  private async wait({ accountId, after }: LogPosition, ms: number, enough: AbortController): Promise<void> {
    const wake = (): void => {
      enough.abort();
    };
    const waiter = { after, wake };
    const waiters = this.waiters.get(accountId) ?? new Set();
    this.waiters.set(accountId, waiters.add(waiter));
    await this.wakeUps.wait(`events:${accountId}`, Math.max(0, ms), enough.signal);
    waiters.delete(waiter);
    if (waiters.size === 0 && this.waiters.get(accountId) === waiters) this.waiters.delete(accountId);
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
