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
    await this.connection.onConnect((model) => this.setUp(model));
  }

  override signal(topic: string): void {
    this.wake(topic);
    try {
      this.channel?.publish(this.topology.wakeUps, '', Buffer.from(topic));
    } catch {
      // No link to the broker: the others look by themselves every 2 s.
    }
  }

  private async setUp(model: ChannelModel): Promise<void> {
    const channel = this.connection.guard(await model.createChannel(), (again) => this.setUp(again), model);
    await channel.assertExchange(this.topology.wakeUps, 'fanout', { durable: false });
    const { queue } = await channel.assertQueue('', { exclusive: true, autoDelete: true, durable: false });
    await channel.bindQueue(queue, this.topology.wakeUps, '');
    await channel.consume(
      queue,
      (message) => {
        if (message) this.wake(message.content.toString('utf8'));
      },
      { noAck: true },
    );
    this.channel = channel;
  }
}
