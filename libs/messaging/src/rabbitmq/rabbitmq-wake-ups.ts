import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Channel, ChannelModel } from 'amqplib';
import { LocalWakeUps } from '../local-wake-ups.js';
import { MessagingSettings } from '../messaging-settings.js';
import { BrokerConnection } from './broker-connection.js';
import { Topology } from './topology.js';

/** Wakes the waiters of this process at once and those of the others through the broker. */
@Injectable()
export class RabbitmqWakeUps extends LocalWakeUps implements OnModuleInit {
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
    await this.connection.publishing.onConnect((model) => this.openSignal(model));
    await this.connection.consuming.onConnect((model) => this.hearOthers(model));
  }

  override signal(topic: string): void {
    this.wake(topic);
    if (this.connection.publishing.isBlocked) return;
    try {
      this.channel?.publish(this.topology.wakeUps, '', Buffer.from(topic));
    } catch {
      // No link to the broker: the others look by themselves every 2 s.
    }
  }

  private async openSignal(model: ChannelModel): Promise<void> {
    const channel = this.connection.publishing.guard(await model.createChannel(), model);
    await this.topology.declareWakeUps(channel);
    this.channel = channel;
  }

  private async hearOthers(model: ChannelModel): Promise<void> {
    const { consuming } = this.connection;
    const channel = consuming.guard(await model.createChannel(), model);
    await this.topology.declareWakeUps(channel);
    const { queue } = await channel.assertQueue('', { exclusive: true, autoDelete: true, durable: false });
    await channel.bindQueue(queue, this.topology.wakeUps, '');
    await channel.consume(
      queue,
      (message) => {
        if (message) this.wake(message.content.toString('utf8'));
        else consuming.reconnect(model, 'the broker ended a consumer');
      },
      { noAck: true },
    );
  }
}
