import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Channel, ChannelModel } from 'amqplib';
import { MessagingSettings } from '../messaging-settings.js';
import { NodeMail } from '../ports.js';
import { BrokerConnection } from './broker-connection.js';
import { Topology } from './topology.js';

const liveMs = 10_000;

/** A mailbox is an exclusive queue that goes with its process; what it cannot take is dropped. */
@Injectable()
export class RabbitmqNodeMail extends NodeMail implements OnModuleInit {
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
    await this.connection.onConnect((model) => this.setUp(model));
  }

  override send(node: string, message: unknown): void {
    try {
      this.channel?.publish('', this.topology.mailboxOf(node), Buffer.from(JSON.stringify(message)));
    } catch {
      // No link to the broker: whoever owns the state sends again.
    }
  }

  override async receive(node: string, handler: (message: unknown) => void): Promise<void> {
    const setUp = async (model: ChannelModel): Promise<void> => {
      const channel = this.connection.guard(await model.createChannel(), setUp, model);
      const queue = this.topology.mailboxOf(node);
      await channel.assertQueue(queue, { exclusive: true, autoDelete: true, durable: false, messageTtl: liveMs });
      await channel.consume(
        queue,
        (message) => {
          if (message) handler(JSON.parse(message.content.toString('utf8')));
        },
        { noAck: true },
      );
    };
    await this.connection.onConnect(setUp);
  }

  private async setUp(model: ChannelModel): Promise<void> {
    this.channel = this.connection.guard(await model.createChannel(), (again) => this.setUp(again), model);
  }
}
