import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { Channel, ConsumeMessage } from 'amqplib';
import { BadMessage } from '../inbox/bad-message.js';
import type { Delivery, Handler } from '../inbox/delivery.js';
import type { Reactions } from '../subscriptions.js';
import type { Topology } from './topology.js';

const prefetch = 32;
/** Milliseconds between two tries of a message whose handler failed by itself. */
const retryAfterMs = 250;
/** While the database is away: the message stays unacknowledged, which holds the queue, and nothing counts against it. */
const patience = { firstMs: 250, mostMs: 5_000 } as const;
/** An ack is on its way when its call returns; a channel closed at once would lose it. */
const lastAcksMs = 300;

/** Consumes the queue of one subscriber: acknowledges after the commit, and only then. */
export class SubscriberQueue {
  private readonly logger: Logger;
  private channel: Channel | undefined;
  private consumerTag: string | undefined;
  private readonly underWay = new Set<Promise<void>>();
  private stopped = false;

  constructor(
    readonly subscriber: string,
    private readonly reactions: Reactions,
    private readonly topology: Topology,
    private readonly delivery: Delivery,
  ) {
    this.logger = new Logger(`queue ${subscriber}`);
  }

  get events(): readonly string[] {
    return [...this.reactions.keys()];
  }

  async consume(channel: Channel): Promise<void> {
    this.channel = channel;
    await this.topology.declareExchanges(channel);
    await this.topology.declareSubscriber(channel, this.subscriber, this.reactions.keys());
    await channel.prefetch(prefetch);
    const { consumerTag } = await channel.consume(this.topology.queueOf(this.subscriber), (message) => {
      if (message) this.track(this.take(channel, message));
    });
    this.consumerTag = consumerTag;
  }

  /** Takes nothing new, lets what runs end, and gives its acks time to leave. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.channel?.cancel(this.consumerTag ?? '').catch(() => undefined);
    await Promise.all(this.underWay);
    await sleep(lastAcksMs);
    await this.channel?.close().catch(() => undefined);
  }

  private track(work: Promise<void>): void {
    this.underWay.add(work);
    void work.finally(() => this.underWay.delete(work));
  }

  private async take(channel: Channel, message: ConsumeMessage): Promise<void> {
    for (let wait: number = patience.firstMs; this.channel === channel; wait = Math.min(wait * 2, patience.mostMs)) {
      const verdict = await this.tryOnce(message);
      if (verdict !== 'wait') {
        this.answer(channel, message, verdict);
        return;
      }
      if (this.stopped) return;
      await sleep(wait);
    }
  }

  private async tryOnce(message: ConsumeMessage): Promise<'done' | 'again' | 'dead' | 'wait'> {
    try {
      const event = parse(message);
      await this.delivery.deliver(this.subscriber, event, this.handlerOf(event));
      return 'done';
    } catch (error) {
      if (error instanceof BadMessage) {
        this.logger.error(`a message is put aside: ${error.message}`);
        return 'dead';
      }
      if (!(await this.delivery.databaseLives())) return 'wait';
      this.logger.warn(`a reaction failed: ${error instanceof Error ? error.message : String(error)}`);
      await sleep(retryAfterMs);
      return 'again';
    }
  }

  private handlerOf(event: unknown): Handler {
    const name = typeof event === 'object' && event !== null && 'name' in event ? String(event.name) : '';
    // A queue may still be bound to an event that this version does not react to any more.
    return this.reactions.get(name) ?? (() => Promise.resolve());
  }

  private answer(channel: Channel, message: ConsumeMessage, verdict: 'done' | 'again' | 'dead'): void {
    try {
      if (verdict === 'done') channel.ack(message);
      else channel.nack(message, false, verdict === 'again');
    } catch {
      // The channel is gone, and the broker delivers again.
    }
  }
}

function parse(message: ConsumeMessage): unknown {
  try {
    return JSON.parse(message.content.toString('utf8'));
  } catch {
    throw new BadMessage('not JSON');
  }
}
