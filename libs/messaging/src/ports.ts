import type { DomainEvent } from '#contracts';
import type { Tx } from '#database';

/** The only way for a domain event out of a context that has a database: stored with the change, published after the commit. */
export abstract class Outbox {
  abstract append(tx: Tx, events: readonly DomainEvent[]): Promise<void>;
}

/** For the device gateway, which stores nothing: resolves when the broker has confirmed, rejects when it did not in time. */
export abstract class EventPublisher {
  abstract publish(event: DomainEvent): Promise<void>;
  /** Called after each connect that follows a lost one: what the broker was told may be forgotten. */
  abstract onReconnect(listener: () => void): void;
}

/** Messages to one process, by its node id: at most once, 10 s to live, dropped when the node is gone. Whoever owns the state sends again. */
export abstract class NodeMail {
  /** Never rejects: a node that cannot be reached gets nothing. */
  abstract send(node: string, message: unknown): void;
  /** One handler per process, for its own node id. */
  abstract receive(node: string, handler: (message: unknown) => void): Promise<void>;
}

/** Wakes waiters in every process. A wake-up can be lost, so a waiter reads the database, and every 2 s anyway. */
export abstract class WakeUps {
  /** After the commit of what the topic names, e.g. `payment:<id>`. */
  abstract signal(topic: string): void;
  /** Resolves with true at the next signal of the topic, with false after `ms` or when `abort` fires; never rejects. */
  abstract wait(topic: string, ms: number, abort?: AbortSignal): Promise<boolean>;
}
