import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { Channel, ConsumeMessage } from 'amqplib';
import { BadMessage } from '../inbox/bad-message.js';
import { backOff, pause, within } from '../inbox/back-off.js';
import type { Delivery, Handler } from '../inbox/delivery.js';
import { readEvent } from '../inbox/parse-event.js';
import type { Reactions } from '../subscriptions.js';
import type { Topology } from './topology.js';

const prefetch = 32;
const stopWithinMs = 5_000;
/** An ack is on its way when its call returns; a connection closed at once would lose it. */
const lastAcksMs = 300;

/** What becomes of a message: it had its effect, counts as failed and comes again, is put aside, or nothing can be said yet. */
type Verdict = 'done' | 'failed' | 'dead' | 'wait';

/** Consumes the queue of one subscriber: acknowledges after the commit, and only then. */
export class SubscriberQueue {
  private readonly logger: Logger;
  private readonly stopping = new AbortController();
  private readonly underWay = new Set<Promise<void>>();
  private consuming: { readonly channel: Channel; readonly tag: string } | undefined;

  constructor(
    readonly subscriber: string,
    private readonly reactions: Reactions,
    private readonly topology: Topology,
    private readonly delivery: Delivery,
  ) {
    this.logger = new Logger(`events for ${subscriber}`);
  }

  /** `lost` is called when the broker ends the consumer, as it does when somebody deletes the queue. */
  async consume(channel: Channel, lost: () => void): Promise<void> {
    if (this.stopping.signal.aborted) return;
    await this.topology.declareExchanges(channel);
    await this.topology.declareSubscriber(channel, this.subscriber, this.reactions.keys());
    await channel.prefetch(prefetch);
    const ended = new AbortController();
    channel.once('close', () => {
      ended.abort();
    });
    const given = AbortSignal.any([ended.signal, this.stopping.signal]);
    setMaxListeners(prefetch, given);
    const { consumerTag } = await channel.consume(this.topology.queueOf(this.subscriber), (message) => {
      if (message) this.track(this.take(channel, message, given));
      else lost();
    });
    this.consuming = { channel, tag: consumerTag };
  }

  /** Takes nothing new, lets what runs end, and gives its acks time to leave. What waits goes back to the broker. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await within(stopWithinMs, this.cancelled(), 'too late').catch(() => undefined);
    await within(stopWithinMs, Promise.all(this.underWay), 'too late').catch(() => undefined);
    await sleep(lastAcksMs);
  }

  private async cancelled(): Promise<void> {
    await this.consuming?.channel.cancel(this.consuming.tag);
  }

  private track(work: Promise<void>): void {
    this.underWay.add(work);
    void work.finally(() => this.underWay.delete(work));
  }

  /** Stays unacknowledged while nothing can be said: 32 of those hold the whole queue, and none counts against its message. */
  private async take(channel: Channel, message: ConsumeMessage, given: AbortSignal): Promise<void> {
    let verdict = await this.tryOnce(message);
    for (let attempt = 0; verdict === 'wait'; attempt += 1) {
      await pause(backOff(attempt), given);
      if (given.aborted) return;
      verdict = await this.tryOnce(message);
    }
    if (verdict === 'failed') await pause(backOff(failuresOf(message)), given);
    answer(channel, message, verdict);
  }

  private async tryOnce(message: ConsumeMessage): Promise<Verdict> {
    try {
      const event = readEvent(message.content);
      await this.delivery.deliver(this.subscriber, event, this.handlerOf(event.name));
      return 'done';
    } catch (error) {
      const verdict = await this.verdictOn(error);
      const id = String(message.properties.messageId);
      this.logger.warn(`${message.fields.routingKey} ${id}, ${verdict}: ${String(error)}`);
      return verdict;
    }
  }

  private async verdictOn(error: unknown): Promise<Verdict> {
    if (error instanceof BadMessage) return 'dead';
    return (await this.delivery.isOwnFault(error)) ? 'failed' : 'wait';
  }

  /** While versions change, the queue can be bound to an event that only the newer process knows: it must come again. */
  private handlerOf(event: string): Handler {
    return this.reactions.get(event) ?? (() => Promise.reject(new Error('no reaction to it in this version')));
  }
}

function answer(channel: Channel, message: ConsumeMessage, verdict: Exclude<Verdict, 'wait'>): void {
  try {
    if (verdict === 'done') channel.ack(message);
    else channel.nack(message, false, verdict === 'failed');
  } catch {
    // The channel is gone, and the broker delivers again.
  }
}

/** How often the message was returned before, by the quorum queue's own count. */
function failuresOf(message: ConsumeMessage): number {
  const count: unknown = message.properties.headers?.['x-delivery-count'];
  return typeof count === 'number' ? count : 0;
}
