import type { DomainEvent } from '#contracts';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { ConfirmChannel, Message } from 'amqplib';
import { MessagingSettings } from '../messaging-settings.js';
import { EventPublisher } from '../ports.js';
import { BrokerConnection } from './broker-connection.js';
import { Topology } from './topology.js';

/** A memory or disk alarm makes confirms hang: each has a deadline. */
const confirmWithinMs = 4_000;

/** Publishes persistent and mandatory, and believes nothing but the broker's confirm. */
@Injectable()
export class RabbitmqPublisher extends EventPublisher implements OnModuleInit {
  private readonly topology: Topology;
  private channel: ConfirmChannel | undefined;
  private readonly returned = new Set<string>();
  private subscribed: ReadonlySet<string> | undefined;

  constructor(
    private readonly connection: BrokerConnection,
    settings: MessagingSettings,
  ) {
    super();
    this.topology = new Topology(settings.prefix);
  }

  async onModuleInit(): Promise<void> {
    await this.connection.onConnect((model) => this.setUp(model));
  }

  /** A process that holds all subscribers knows which events nobody asked for; to be returned is no loss for them. */
  knowSubscribedEvents(events: ReadonlySet<string>): void {
    this.subscribed = events;
  }

  override onReconnect(listener: () => void): void {
    this.connection.onReconnect(listener);
  }

  override publish(event: DomainEvent): Promise<void> {
    const target = { exchange: this.topology.events, key: this.topology.routingKeyOf(event.name) };
    return this.send(target, event, this.subscribed?.has(event.name) ?? true);
  }

  /** Straight into one subscriber's queue, for what it lost. */
  republish(subscriber: string, event: DomainEvent): Promise<void> {
    return this.send({ exchange: '', key: this.topology.queueOf(subscriber) }, event, true);
  }

  private send(target: { exchange: string; key: string }, event: DomainEvent, mustArrive: boolean): Promise<void> {
    const { channel } = this;
    if (!channel) return Promise.reject(new Error('not connected to the broker'));
    return new Promise((resolve, reject) => {
      const deadline = setTimeout(() => {
        reject(new Error('the broker did not confirm in time'));
      }, confirmWithinMs);
      const settle = (error: unknown): void => {
        clearTimeout(deadline);
        const lost = this.returned.delete(event.id) && mustArrive;
        if (error) reject(error instanceof Error ? error : new Error('the broker refused the message'));
        else if (lost) reject(new Error(`no queue takes ${event.name}`));
        else resolve();
      };
      const options = { persistent: true, mandatory: true, messageId: event.id, contentType: 'application/json' };
      try {
        channel.publish(target.exchange, target.key, Buffer.from(JSON.stringify(event)), options, settle);
      } catch (error) {
        settle(error);
      }
    });
  }

  private async setUp(model: Parameters<Parameters<BrokerConnection['onConnect']>[0]>[0]): Promise<void> {
    const setup = this.setUp.bind(this);
    const channel = this.connection.guard(await model.createConfirmChannel(), setup, model);
    await this.topology.declareExchanges(channel);
    channel.on('return', (message: Message) => this.returned.add(String(message.properties.messageId)));
    channel.on('close', () => {
      if (this.channel === channel) this.channel = undefined;
    });
    this.channel = channel;
  }
}
