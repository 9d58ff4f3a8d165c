import { catalogue } from '#contracts';
import type { Channel } from 'amqplib';

/** Returns of one message until the broker puts it aside. It counts a consumer that died with it too: that is what stops a message that kills processes. */
const deliveryLimit = 20;

/** The names of what lies in the broker. */
export class Topology {
  readonly events: string;
  readonly deadLetters: string;
  readonly wakeUps: string;

  constructor(private readonly prefix: string) {
    this.events = `${prefix}.events`;
    this.deadLetters = `${prefix}.dead-letters`;
    this.wakeUps = `${prefix}.wake-ups`;
  }

  queueOf(subscriber: string): string {
    return `${this.prefix}.${subscriber}`;
  }

  deadLetterQueueOf(subscriber: string): string {
    return `${this.prefix}.${subscriber}.dead`;
  }

  mailboxOf(node: string): string {
    return `${this.prefix}.node.${node}`;
  }

  routingKeyOf(event: string): string {
    return `${catalogue.get(event)?.context ?? 'unknown'}.${event}`;
  }

  /** No alternate exchange: with one, a mandatory message never comes back. */
  async declareExchanges(channel: Channel): Promise<void> {
    await channel.assertExchange(this.events, 'topic', { durable: true });
    await channel.assertExchange(this.deadLetters, 'direct', { durable: true });
  }

  async declareWakeUps(channel: Channel): Promise<void> {
    await channel.assertExchange(this.wakeUps, 'fanout', { durable: false });
  }

  async declareSubscriber(channel: Channel, subscriber: string, events: Iterable<string>): Promise<void> {
    const dead = this.deadLetterQueueOf(subscriber);
    await channel.assertQueue(dead, { durable: true, arguments: { 'x-queue-type': 'quorum' } });
    await channel.bindQueue(dead, this.deadLetters, subscriber);
    const queue = this.queueOf(subscriber);
    await channel.assertQueue(queue, {
      durable: true,
      arguments: {
        'x-queue-type': 'quorum',
        'x-delivery-limit': deliveryLimit,
        'x-dead-letter-exchange': this.deadLetters,
        'x-dead-letter-routing-key': subscriber,
        'x-dead-letter-strategy': 'at-least-once',
        'x-overflow': 'reject-publish',
      },
    });
    for (const event of events) await channel.bindQueue(queue, this.events, this.routingKeyOf(event));
  }
}
