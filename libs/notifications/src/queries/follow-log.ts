import { Injectable } from '@nestjs/common';
import type { PublicEvent } from '../public-event.js';
import { EventLogReader, type LogPage, type LogPosition } from './event-log-reader.js';
import { LogWatch } from './log-watch.js';

const pageSize = 100;

/** Reads an account's log from a cursor on, and waits at its end. */
@Injectable()
export class FollowLog {
  /** A stream without news says so this often. */
  protected readonly aliveMs: number = 15_000;
  /** So often its reader must still be allowed to read: what is revoked counts within 5 s. */
  protected readonly askMs: number = 4_000;

  constructor(
    private readonly reader: EventLogReader,
    private readonly watch: LogWatch,
  ) {}

  /** The next page, at once or as soon as there is something in it; an empty one when the time is over. */
  async page(position: LogPosition, limit: number, waitMs: number, gone: AbortSignal): Promise<LogPage> {
    const deadline = Date.now() + waitMs;
    for (let after = position.after; ;) {
      const left = deadline - Date.now();
      const page = await this.watch.next({ ...position, after }, limit, left, gone);
      if (page.events.length > 0 || left <= 0 || gone.aborted) return page;
      after = page.next;
    }
  }

  /** Pages without end, until the reader is gone or may not read any more; an empty one every 15 s without news. `after` null: from now on. */
  async follow(
    { accountId, after, types }: Omit<LogPosition, 'after'> & { readonly after: number | null },
    gone: AbortSignal,
    isStillAllowed: () => Promise<boolean>,
  ): Promise<AsyncIterable<readonly PublicEvent[]>> {
    const start = after ?? (await this.reader.end(accountId));
    const position = { accountId, after: start, types };
    // A cursor that cannot be followed is refused before the stream begins.
    return this.pages(position, await this.reader.read(position, pageSize), gone, isStillAllowed);
  }

  private async *pages(
    position: LogPosition,
    first: LogPage,
    gone: AbortSignal,
    isStillAllowed: () => Promise<boolean>,
  ): AsyncGenerator<readonly PublicEvent[]> {
    let [page, askedAt, saidAt] = [first, Date.now(), Date.now()];
    if (page.events.length > 0) yield page.events;
    while (!gone.aborted) {
      page = await this.page({ ...position, after: page.next }, pageSize, this.askMs, gone);
      if (Date.now() - askedAt >= this.askMs) {
        if (!(await isStillAllowed())) return;
        askedAt = Date.now();
      }
      if (page.events.length === 0 && Date.now() - saidAt < this.aliveMs) continue;
      saidAt = Date.now();
      yield page.events;
    }
  }
}
