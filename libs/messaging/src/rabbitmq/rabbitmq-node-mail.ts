import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { Channel, ChannelModel } from 'amqplib';
import { MessagingSettings } from '../messaging-settings.js';
import { NodeMail } from '../ports.js';
import { BrokerConnection } from './broker-connection.js';
import { Topology } from './topology.js';

const liveMs = 10_000;

/** A mailbox is an exclusive queue that goes with its process; what it cannot take is dropped. */
@Injectable()
export class RabbitmqNodeMail extends NodeMail implements OnModuleInit {
  private readonly logger = new Logger('node mail');
  private readonly topology: Topology;
  private channel: Channel | undefined;

  constructor(
    private readonly connection: BrokerConnection,
    settings: MessagingSettings,
  ) {
    super();
    this.topology = new Topology(settings.prefix);
  }

  async onModuleInit(): Promise<void> {
    await this.connection.publishing.onConnect(async (model) => {
      this.channel = this.connection.publishing.guard(await model.createChannel(), model);
    });
  }

  override send(node: string, message: unknown): void {
    if (this.connection.publishing.isBlocked) return;
    try {
      this.channel?.publish('', this.topology.mailboxOf(node), Buffer.from(JSON.stringify(message)));
    } catch {
      // No link to the broker: whoever owns the state sends again.
    }
  }

  override async receive(node: string, handler: (message: unknown) => void): Promise<void> {
    await this.connection.consuming.onConnect((model) => this.openMailbox(model, node, handler));
  }

  private async openMailbox(model: ChannelModel, node: string, handler: (message: unknown) => void): Promise<void> {
    const channel = this.connection.consuming.guard(await model.createChannel(), model);
    const queue = this.topology.mailboxOf(node);
    await channel.assertQueue(queue, { exclusive: true, autoDelete: true, durable: false, messageTtl: liveMs });
    await channel.consume(
      queue,
      (message) => {
        if (message) this.hand(message.content, handler);
        else this.connection.consuming.reconnect(model, 'the broker ended a consumer');
      },
      { noAck: true },
    );
  }

  private hand(content: Buffer, handler: (message: unknown) => void): void {
    try {
      handler(JSON.parse(content.toString('utf8')));
    } catch (error) {
      this.logger.error('a letter could not be handled', error instanceof Error ? error.stack : String(error));
    }
  }
}
