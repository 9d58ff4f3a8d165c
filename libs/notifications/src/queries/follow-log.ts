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

  constructor(
    private readonly reader: EventLogReader,
    private readonly watch: LogWatch,
  ) {}

  /** Pages without end, until the reader is gone; an empty one every 15 s without news. `after` null: from now on. */
  async follow(
    { accountId, after, types }: Omit<LogPosition, 'after'> & { readonly after: number | null },
    gone: AbortSignal,
  ): Promise<AsyncIterable<readonly PublicEvent[]>> {
    const start = after ?? (await this.reader.end(accountId));
    const position = { accountId, after: start, types };
    // A cursor that cannot be followed is refused before the stream begins.
    const first = await this.reader.read(position, pageSize);
    return this.pages(position, first, gone);
  }

  private async *pages(
    position: LogPosition,
    first: LogPage,
    gone: AbortSignal,
  ): AsyncGenerator<readonly PublicEvent[]> {
    const isGone = (): boolean => gone.aborted;
    let page = first;
    if (page.events.length > 0) yield page.events;
    while (!isGone()) {
      page = await this.watch.next({ ...position, after: page.next }, pageSize, this.aliveMs, gone);
      if (!isGone()) yield page.events;
    }
  }
}
