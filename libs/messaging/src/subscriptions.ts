import type { MessageHandler } from '@nestjs/microservices';
import type { Handler } from './inbox/delivery.js';
import type { ReactionPattern } from './on.js';

/** The reactions of one subscriber, by the name of the event. */
export type Reactions = ReadonlyMap<string, Handler>;

/** Every subscriber of this process with its reactions, read from the handlers that Nest found. */
export function subscriptionsOf(handlers: ReadonlyMap<string, MessageHandler>): ReadonlyMap<string, Reactions> {
  const subscriptions = new Map<string, Map<string, Handler>>();
  for (const [key, handler] of handlers) {
    const { event, subscriber } = JSON.parse(key) as ReactionPattern;
    if (handler.next) throw new Error(`${subscriber} reacts to ${event} in two places: make one of them`);
    const reactions = subscriptions.get(subscriber) ?? new Map<string, Handler>();
    reactions.set(event, async (message, tx) => handler(message, tx));
    subscriptions.set(subscriber, reactions);
  }
  return subscriptions;
}
