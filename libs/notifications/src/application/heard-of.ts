import type { DomainEvent, EventContract } from '#contracts';
import type { NewPublicEvent } from '../public-event.js';
import type { HeardEvent } from './heard-event.js';

/** A domain event of an aggregate, with what it says to the public. */
export function heardOf({ context }: EventContract, event: DomainEvent, events: readonly NewPublicEvent[]): HeardEvent {
  const { aggregateId, sequence, accountId, occurredAt } = event;
  if (aggregateId === null || sequence === null || accountId === null) {
    throw new Error(`${event.name} belongs to no aggregate of an account`);
  }
  return { context, aggregateId, sequence, accountId, occurredAt: new Date(occurredAt), events };
}
