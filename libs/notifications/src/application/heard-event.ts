import type { NewPublicEvent } from '../public-event.js';

/** What one domain event says to the public, which may be nothing: its number counts all the same. */
export interface HeardEvent {
  /** The context whose aggregate it is: two contexts number the same device, each for itself. */
  readonly context: string;
  readonly aggregateId: string;
  /** Gapless for the aggregate, from 1. */
  readonly sequence: number;
  readonly accountId: string;
  readonly occurredAt: Date;
  readonly events: readonly NewPublicEvent[];
}
