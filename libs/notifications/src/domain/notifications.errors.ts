import { DomainError } from '#kernel';

/** The cursor lies before what the account keeps. */
export class EventsGoneError extends DomainError {
  constructor(first: number) {
    super('events_gone', 'Events before this cursor are no longer kept; read on from the one named as firstSequence', {
      firstSequence: first,
    });
  }
}
