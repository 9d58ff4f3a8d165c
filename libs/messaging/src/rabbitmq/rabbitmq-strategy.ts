import { Injectable } from '@nestjs/common';
import { type CustomTransportStrategy, Server } from '@nestjs/microservices';
import type { ChannelModel } from 'amqplib';
import { Delivery } from '../inbox/delivery.js';
import { MessagingSettings } from '../messaging-settings.js';
import { type Reactions, subscriptionsOf } from '../subscriptions.js';
import { BrokerConnection } from './broker-connection.js';
import { LostQueues } from './lost-queues.js';
import { RabbitmqPublisher } from './rabbitmq-publisher.js';
import { SubscriberQueue } from './subscriber-queue.js';
import { Topology } from './topology.js';

/** Gives each subscriber that Nest found its queue, and consumes it. */
@Injectable()
export class RabbitmqStrategy extends Server implements CustomTransportStrategy {
  override readonly propagatesEventHandlerErrors = true;
  private readonly topology: Topology;
  private queues: readonly SubscriberQueue[] = [];
  private closing = false;

  constructor(
    private readonly connection: BrokerConnection,
    private readonly publisher: RabbitmqPublisher,
    private readonly delivery: Delivery,
    private readonly lostQueues: LostQueues,
    settings: MessagingSettings,
  ) {
    super();
    this.topology = new Topology(settings.prefix);
  }

  listen(done: (error?: unknown) => void): void {
    try {
      const subscriptions = subscriptionsOf(this.messageHandlers);
      this.publisher.knowSubscribedEvents(new Set([...subscriptions.values()].flatMap((one) => [...one.keys()])));
      this.queues = [...subscriptions].map(([subscriber, reactions]) => this.queueOf(subscriber, reactions));
      this.connection
        .onConnect((model) => this.setUp(model))
        .then(() => {
          done();
        }, done);
    } catch (error) {
      done(error);
    }
  }

  async close(): Promise<void> {
    this.closing = true;
    await Promise.all(this.queues.map((queue) => queue.stop()));
  }

  override on(): void {
    return;
  }

  override unwrap(): never {
    throw new Error('use BrokerConnection');
  }

  private queueOf(subscriber: string, reactions: Reactions): SubscriberQueue {
    return new SubscriberQueue(subscriber, reactions, this.topology, this.delivery);
  }

  /** A queue that was there once and is not any more has lost its messages: they are published to it again. */
  private async setUp(model: ChannelModel): Promise<void> {
    if (this.closing) return;
    for (const queue of this.queues) {
      const lost = await this.lostQueues.isLost(model, this.topology.queueOf(queue.subscriber));
      const again = (current: ChannelModel): Promise<void> => this.consume(queue, current, again);
      await this.consume(queue, model, again);
      await this.lostQueues.remember(this.topology.queueOf(queue.subscriber));
      if (lost) this.lostQueues.refill(queue.subscriber, queue.events);
    }
  }

  private async consume(
    queue: SubscriberQueue,
    model: ChannelModel,
    again: (model: ChannelModel) => Promise<void>,
  ): Promise<void> {
    if (this.closing) return;
    await queue.consume(this.connection.guard(await model.createChannel(), again, model));
  }
}
