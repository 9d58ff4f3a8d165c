import { Injectable } from '@nestjs/common';
import { type CustomTransportStrategy, Server } from '@nestjs/microservices';
import type { ChannelModel } from 'amqplib';
import { DeadLetterRetries } from '../dead-letters/dead-letter-retries.js';
import { DeadLetters } from '../dead-letters/dead-letters.js';
import { Delivery } from '../inbox/delivery.js';
import type { Road } from '../messaging-health.js';
import { MessagingSettings } from '../messaging-settings.js';
import { subscriptionsOf } from '../subscriptions.js';
import { BrokerConnection } from './broker-connection.js';
import { DeadLetterQueue } from './dead-letter-queue.js';
import { LostQueues } from './lost-queues.js';
import { RabbitmqPublisher } from './rabbitmq-publisher.js';
import { SubscriberQueue } from './subscriber-queue.js';
import { Topology } from './topology.js';

/** Gives each subscriber that Nest found its queue, and consumes it. */
@Injectable()
export class RabbitmqStrategy extends Server implements CustomTransportStrategy, Road {
  /** This strategy waits for a handler's stream and sees its error; Nest need not log it. */
  override readonly propagatesEventHandlerErrors = true;
  private readonly topology: Topology;
  private queues: readonly SubscriberQueue[] = [];

  constructor(
    private readonly connection: BrokerConnection,
    private readonly publisher: RabbitmqPublisher,
    private readonly lostQueues: LostQueues,
    private readonly delivery: Delivery,
    private readonly deadLetters: DeadLetters,
    private readonly retries: DeadLetterRetries,
    settings: MessagingSettings,
  ) {
    super();
    this.topology = new Topology(settings.prefix);
  }

  get isConnected(): boolean {
    return this.connection.isConnected;
  }

  listen(done: (error?: unknown) => void): void {
    this.start().then(() => {
      done();
    }, done);
  }

  async close(): Promise<void> {
    await this.retries.stop();
    await this.lostQueues.stop();
    await Promise.all(this.queues.map((queue) => queue.stop()));
  }

  override on(): void {
    return;
  }

  override unwrap(): never {
    throw new Error('nobody but this library talks to the broker');
  }

  /** Without a broker it does not wait for one: health says so until it is there. */
  private async start(): Promise<void> {
    const subscriptions = subscriptionsOf(this.messageHandlers);
    const events = new Map([...subscriptions].map(([subscriber, reactions]) => [subscriber, [...reactions.keys()]]));
    this.publisher.knowSubscribedEvents(new Set([...events.values()].flat()));
    this.queues = [...subscriptions].map(
      ([subscriber, reactions]) => new SubscriberQueue(subscriber, reactions, this.topology, this.delivery),
    );
    await this.connection.consuming.onConnect((model) => this.setUp(model));
    this.lostQueues.start(events);
    this.retries.start(subscriptions);
  }

  private async setUp(model: ChannelModel): Promise<void> {
    await Promise.all(this.queues.map((queue) => this.consume(queue, model)));
  }

  private async consume(queue: SubscriberQueue, model: ChannelModel): Promise<void> {
    const { consuming } = this.connection;
    await this.lostQueues.noteIfMissing(model, queue.subscriber);
    const channel = consuming.guard(await model.createChannel(), model);
    const lost = (): void => {
      consuming.reconnect(model, `the broker ended a consumer of ${queue.subscriber}`);
    };
    await queue.consume(channel, lost);
    await new DeadLetterQueue(queue.subscriber, this.topology, this.deadLetters).consume(channel, lost);
    await this.lostQueues.noteDeclared(queue.subscriber);
  }
}
