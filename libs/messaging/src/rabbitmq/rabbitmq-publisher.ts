import type { DomainEvent } from '#contracts';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { ChannelModel, ConfirmChannel, Message } from 'amqplib';
import { within } from '../inbox/back-off.js';
import { MessagingSettings } from '../messaging-settings.js';
import { EventPublisher } from '../ports.js';
import { BrokerConnection } from './broker-connection.js';
import { Topology } from './topology.js';

/** A memory or disk alarm makes confirms hang: each has a deadline. */
const confirmWithinMs = 4_000;
/** What waits for its confirm lies in memory; more than this is refused at once, and the outbox keeps it. */
const unconfirmedAtMost = 10_000;

interface Target {
  readonly exchange: string;
  readonly key: string;
}

/** Publishes persistent and mandatory, and believes nothing but the broker's confirm. */
@Injectable()
export class RabbitmqPublisher extends EventPublisher implements OnModuleInit {
  private readonly topology: Topology;
  private channel: ConfirmChannel | undefined;
  /** Numbers of the messages that found no queue; the return comes before the confirm. */
  private readonly returned = new Set<number>();
  private published = 0;
  private unconfirmed = 0;
  private subscribed: ReadonlySet<string> | undefined;

  constructor(
    private readonly connection: BrokerConnection,
    settings: MessagingSettings,
  ) {
    super();
    this.topology = new Topology(settings.prefix);
  }

  async onModuleInit(): Promise<void> {
    await this.connection.publishing.onConnect((model) => this.setUp(model));
  }

  /** A process that holds all subscribers knows which events nobody asked for; to be returned is no loss for them. */
  knowSubscribedEvents(events: ReadonlySet<string>): void {
    this.subscribed = events;
  }

  override onReconnect(listener: () => void): void {
    this.connection.publishing.onReconnect(listener);
  }

  override async publish(event: DomainEvent): Promise<void> {
    const target = { exchange: this.topology.events, key: this.topology.routingKeyOf(event.name) };
    const arrived = await this.send(target, event);
    if (!arrived && (this.subscribed?.has(event.name) ?? true)) throw new Error(`no queue takes ${event.name}`);
  }

  /** Straight into one subscriber's queue, for what it lost. */
  async republish(subscriber: string, event: DomainEvent): Promise<void> {
    const arrived = await this.send({ exchange: '', key: this.topology.queueOf(subscriber) }, event);
    if (!arrived) throw new Error(`the queue of ${subscriber} is not there`);
  }

  /** False: the broker has it confirmed, and found no queue for it. */
  private async send(target: Target, event: DomainEvent): Promise<boolean> {
    if (this.connection.publishing.isBlocked) throw new Error('the broker takes nothing at the moment');
    if (this.unconfirmed >= unconfirmedAtMost) throw new Error('too many messages wait for the broker');
    return within(confirmWithinMs, this.confirmed(target, event), 'the broker did not confirm in time');
  }

  private confirmed(target: Target, event: DomainEvent): Promise<boolean> {
    const { channel } = this;
    if (!channel) return Promise.reject(new Error('not connected to the broker'));
    const number = (this.published += 1);
    return new Promise((resolve, reject) => {
      channel.publish(target.exchange, target.key, contentOf(event), propertiesOf(event, number), (error: unknown) => {
        this.unconfirmed -= 1;
        const arrived = !this.returned.delete(number);
        if (error) reject(error instanceof Error ? error : new Error('the broker refused the message'));
        else resolve(arrived);
      });
      this.unconfirmed += 1;
    });
  }

  private async setUp(model: ChannelModel): Promise<void> {
    const channel = this.connection.publishing.guard(await model.createConfirmChannel(), model);
    channel.on('close', () => {
      if (this.channel === channel) this.channel = undefined;
    });
    channel.on('return', (message) => this.returned.add(numberOf(message)));
    await this.topology.declareExchanges(channel);
    this.channel = channel;
  }
}

const contentOf = (event: DomainEvent): Buffer => Buffer.from(JSON.stringify(event));

const propertiesOf = (event: DomainEvent, number: number) => ({
  persistent: true,
  mandatory: true,
  contentType: 'application/json',
  messageId: event.id,
  type: event.name,
  ...(event.correlationId === null ? {} : { correlationId: event.correlationId }),
  headers: { number },
});

const numberOf = (message: Message): number => Number(message.properties.headers?.number);
