import type { MessageHandler } from '@nestjs/microservices';
import { z } from 'zod';
import type { Handler } from './inbox/delivery.js';

/** The reactions of one subscriber, by the name of the event. */
export type Reactions = ReadonlyMap<string, Handler>;

const pattern = z.object({ event: z.string(), subscriber: z.string().regex(/^[a-z][a-z-]*$/) });

/** Every subscriber of this process with its reactions, read from the handlers that Nest found: each key is a pattern as JSON. */
export function subscriptionsOf(handlers: ReadonlyMap<string, MessageHandler>): ReadonlyMap<string, Reactions> {
  const subscriptions = new Map<string, Map<string, Handler>>();
  for (const [key, handler] of handlers) {
    const { event, subscriber } = pattern.parse(JSON.parse(key));
    // Nest would call both as one, and a failure of one would undo the other.
    if (handler.next) throw new Error(`${subscriber} reacts to ${event} in two places: make them one`);
    const reactions = subscriptions.get(subscriber) ?? new Map<string, Handler>();
    reactions.set(event, async (message, tx) => handler(message, tx));
    subscriptions.set(subscriber, reactions);
  }
  return subscriptions;
}
