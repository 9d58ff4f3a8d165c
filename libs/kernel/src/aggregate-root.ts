/** A fact that an aggregate recorded, numbered without gaps from 1 over the whole life of that aggregate. */
export interface Recorded<Event> {
  readonly sequence: number;
  readonly event: Event;
}

/**
 * One consistency boundary: it changes through verbs, and each verb records what happened.
 * `version` is the stored version that an update must find (0: not stored yet); `sequence` counts its events.
 */
export abstract class AggregateRoot<Event> {
  readonly #recorded: Recorded<Event>[] = [];
  #sequence: number;

  protected constructor(
    readonly id: string,
    readonly version: number,
    sequence: number,
  ) {
    this.#sequence = sequence;
  }

  get sequence(): number {
    return this.#sequence;
  }

  /** The facts recorded since the aggregate was loaded, oldest first. */
  get recorded(): readonly Recorded<Event>[] {
    return this.#recorded;
  }

  protected record(event: Event): void {
    this.#sequence += 1;
    this.#recorded.push({ sequence: this.#sequence, event });
  }
}
