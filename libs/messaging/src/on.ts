import type { EventContract, EventOf } from '#contracts';
import type { Tx } from '#database';
import { UseFilters } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { RethrowFilter } from './rethrow.filter.js';

/** What a reaction is called with: the event, and the transaction in which its inbox row was already written. */
export type Reaction<Contract extends EventContract> = (event: EventOf<Contract>, tx: Tx) => Promise<void>;

/** The pattern of one subscriber's reaction to one event; unique, so that no failure is another subscriber's. */
export interface ReactionPattern {
  readonly event: string;
  readonly subscriber: string;
}

/**
 * Marks the method of a class in `application/on-<event>.ts` that reacts to an event. `subscriber` is the context.
 * The reaction may run twice; what it writes through `tx` counts once.
 */
export function On<Contract extends EventContract>(contract: Contract, subscriber: string) {
  const pattern: ReactionPattern = { event: contract.name, subscriber };
  return (target: object, key: string, descriptor: TypedPropertyDescriptor<Reaction<Contract>>): void => {
    EventPattern(pattern)(target, key, descriptor);
    // Nest hands over only the arguments that a parameter decorator asks for.
    Payload()(target, key, 0);
    Ctx()(target, key, 1);
    UseFilters(RethrowFilter)(target, key, descriptor);
  };
}
