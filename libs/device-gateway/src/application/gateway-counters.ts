import { Injectable } from '@nestjs/common';

/** What this process counts since its start; the app makes metrics of it. */
@Injectable()
export class GatewayCounters {
  framesIn = 0;
  framesOut = 0;
  /** Frames that a device did not read in time. */
  framesDropped = 0;
  /** By error code; `unauthenticated` are those that could not prove who they are. */
  readonly refusals = new Map<string, number>();
  readonly closes = new Map<number, number>();

  refused(code: string): void {
    countIn(this.refusals, code);
  }

  closed(code: number): void {
    countIn(this.closes, code);
  }
}

function countIn<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
