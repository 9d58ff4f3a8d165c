import { InvalidFieldError } from '#kernel';

/** The sequence that a stream ended at, as an EventSource says it when it comes back. */
export function lastEventId(header: string | undefined): number | undefined {
  if (header === undefined || header === '') return undefined;
  if (!/^\d{1,15}$/.test(header))
    throw new InvalidFieldError('last-event-id', 'must be the id of an event of the stream');
  return Number(header);
}
