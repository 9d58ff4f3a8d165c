import { Clock } from '#kernel';

interface Span {
  readonly minutes?: number;
  readonly seconds?: number;
  readonly ms?: number;
}

/** Stands until it is moved. */
export class HandClock extends Clock {
  #now: Date;

  constructor(start = new Date('2026-11-23T12:00:00.000Z')) {
    super();
    this.#now = start;
  }

  override now(): Date {
    return this.#now;
  }

  forward({ minutes = 0, seconds = 0, ms = 0 }: Span): void {
    this.#now = new Date(this.#now.getTime() + minutes * 60_000 + seconds * 1_000 + ms);
  }
}
