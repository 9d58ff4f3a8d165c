import { setMaxListeners } from 'node:events';
import type { DomainEvent } from '#contracts';
import { Injectable, Logger } from '@nestjs/common';
import { DeadLetters, reasonOf } from '../dead-letters/dead-letters.js';
import { BadMessage } from '../inbox/bad-message.js';
import { backOff, pause, within } from '../inbox/back-off.js';
import { Delivery, type Handler } from '../inbox/delivery.js';
import { parseEvent } from '../inbox/parse-event.js';
import { EventPublisher } from '../ports.js';
import type { Reactions } from '../subscriptions.js';

/** Failures of one event at one subscriber until it is put aside, as the broker's delivery limit does it. */
const deliveryLimit = 20;
/** As long as a broker has for its confirm. The deliveries go on after it. */
const publishWithinMs = 4_000;
const stopWithinMs = 5_000;

/** Delivers in process; an event counts as published when every subscriber has committed. */
@Injectable()
export class EmbeddedBus extends EventPublisher {
  private readonly logger = new Logger('events');
  private readonly stop = new AbortController();
  /** By event id: who publishes the same event again waits for the deliveries that run already. */
  private readonly underWay = new Map<string, Promise<void>>();
  private subscriptions: ReadonlyMap<string, Reactions> | undefined;

  constructor(
    private readonly delivery: Delivery,
    private readonly deadLetters: DeadLetters,
  ) {
    super();
    // One for each delivery that waits for another try.
    setMaxListeners(0, this.stop.signal);
  }

  subscribe(subscriptions: ReadonlyMap<string, Reactions>): void {
    this.subscriptions = subscriptions;
  }

  /** Takes no more events; the deliveries that run may end, those that wait for another try are left to the outbox. */
  async unsubscribe(): Promise<void> {
    this.subscriptions = undefined;
    this.stop.abort();
    const ended = Promise.allSettled(this.underWay.values());
    await within(stopWithinMs, ended, 'too late').catch(() => undefined);
  }

  override publish(event: DomainEvent): Promise<void> {
    const running = this.underWay.get(event.id) ?? this.begin(event);
    return within(publishWithinMs, running, `not every subscriber has taken ${event.name} yet`);
  }

  /** There is no broker that could forget. */
  override onReconnect(): void {
    return;
  }

  private begin(event: DomainEvent): Promise<void> {
    if (!this.subscriptions) return Promise.reject(new Error('the subscribers are not connected'));
    const deliveries = [...this.subscriptions].flatMap(([subscriber, reactions]) => {
      const handler = reactions.get(event.name);
      return handler ? [this.deliverUntilDone(subscriber, event, handler)] : [];
    });
    const all = Promise.all(deliveries).then(() => undefined);
    this.underWay.set(event.id, all);
    const forget = (): void => void this.underWay.delete(event.id);
    all.then(forget, forget);
    return all;
  }

  /** Resolves when the subscriber has committed or the event is put aside for it; rejects only when the process stops. */
  private async deliverUntilDone(subscriber: string, event: DomainEvent, handler: Handler): Promise<void> {
    let failures = 0;
    for (let attempt = 0; !this.stop.signal.aborted; attempt += 1) {
      try {
        await this.delivery.deliver(subscriber, parseEvent(event), handler);
        return;
      } catch (error) {
        if (error instanceof BadMessage || (await this.delivery.isOwnFault(error))) failures += 1;
        this.logger.warn(
          `${event.name} ${event.id} failed at ${subscriber}, ${failures} of ${deliveryLimit}: ${String(error)}`,
        );
        if (await this.isOver(subscriber, event, error, failures)) return;
      }
      await pause(backOff(attempt), this.stop.signal);
    }
    throw new Error('the process stops');
  }

  /** Whether it is put aside: now, or a moment ago, and the outbox has only said it once more. */
  private async isOver(subscriber: string, event: DomainEvent, error: unknown, failures: number): Promise<boolean> {
    if (error instanceof BadMessage || failures >= deliveryLimit) return this.putAside(subscriber, event, error);
    return failures === 1 && this.deadLetters.holds(subscriber, event.id).catch(() => false);
  }

  private async putAside(subscriber: string, event: DomainEvent, error: unknown): Promise<boolean> {
    const content = Buffer.from(JSON.stringify(event));
    return this.deadLetters.add({ subscriber, messageId: event.id, content, reason: reasonOf(error) }).then(
      () => true,
      () => false,
    );
  }
}
