import type { DomainEvent } from '#contracts';
import { Injectable } from '@nestjs/common';
import { Delivery, type Handler } from '../inbox/delivery.js';
import { BadMessage } from '../inbox/bad-message.js';
import { EventPublisher } from '../ports.js';
import type { Reactions } from '../subscriptions.js';
import { DeadLetters } from './dead-letters.js';

/** Failures of one event at one subscriber until it is put aside, as the broker's delivery limit does it. */
const deliveryLimit = 20;

/** Delivers in process; an event counts as published when every subscriber has committed. */
@Injectable()
export class EmbeddedBus extends EventPublisher {
  private subscriptions: ReadonlyMap<string, Reactions> = new Map();
  private readonly failures = new Map<string, number>();

  constructor(
    private readonly delivery: Delivery,
    private readonly deadLetters: DeadLetters,
  ) {
    super();
  }

  subscribe(subscriptions: ReadonlyMap<string, Reactions>): void {
    this.subscriptions = subscriptions;
  }

  override async publish(event: DomainEvent): Promise<void> {
    const deliveries = [...this.subscriptions].flatMap(([subscriber, reactions]) => {
      const handler = reactions.get(event.name);
      return handler ? [this.deliver(subscriber, event, handler)] : [];
    });
    const failed = (await Promise.allSettled(deliveries)).find((outcome) => outcome.status === 'rejected');
    if (failed) throw failed.reason;
  }

  /** There is no broker that could forget. */
  override onReconnect(): void {
    return;
  }

  private async deliver(subscriber: string, event: DomainEvent, handler: Handler): Promise<void> {
    const key = `${subscriber} ${event.id}`;
    try {
      await this.delivery.deliver(subscriber, event, handler);
      this.failures.delete(key);
    } catch (error) {
      if (!(await this.delivery.databaseLives())) throw error;
      const failures = (this.failures.get(key) ?? 0) + 1;
      this.failures.set(key, failures);
      if (failures < deliveryLimit && !(error instanceof BadMessage)) throw error;
      await this.deadLetters.add(subscriber, event, error);
      this.failures.delete(key);
    }
  }
}
