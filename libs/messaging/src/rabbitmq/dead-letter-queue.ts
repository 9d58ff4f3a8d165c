import type { Channel, ConsumeMessage } from 'amqplib';
import { reasonOf, type DeadLetters } from '../dead-letters/dead-letters.js';
import { backOff, pause } from '../inbox/back-off.js';
import { readEvent } from '../inbox/parse-event.js';
import type { Topology } from './topology.js';

/** Brings what the broker put aside for one subscriber into the database, where nobody forgets it and somebody can look. */
export class DeadLetterQueue {
  constructor(
    private readonly subscriber: string,
    private readonly topology: Topology,
    private readonly deadLetters: DeadLetters,
  ) {}

  /** On the channel of the subscriber, which has declared the queue. `lost` is called when the broker ends the consumer. */
  async consume(channel: Channel, lost: () => void): Promise<void> {
    const ended = new AbortController();
    channel.once('close', () => {
      ended.abort();
    });
    await channel.consume(this.topology.deadLetterQueueOf(this.subscriber), (message) => {
      if (message) void this.store(channel, message, ended.signal);
      else lost();
    });
  }

  /** Stays unacknowledged until the database has it; on a closed channel the broker gives it to the next one. */
  private async store(channel: Channel, message: ConsumeMessage, ended: AbortSignal): Promise<void> {
    for (let attempt = 0; !ended.aborted; attempt += 1) {
      try {
        await this.deadLetters.add(letterIn(this.subscriber, message));
        channel.ack(message);
        return;
      } catch {
        await pause(backOff(attempt), ended);
      }
    }
  }
}

function letterIn(subscriber: string, { content, properties }: ConsumeMessage) {
  const messageId: unknown = properties.messageId;
  return {
    subscriber,
    messageId: typeof messageId === 'string' ? messageId : undefined,
    content,
    reason: problemOf(content) ?? 'it failed more often than the delivery limit allows; the log says how',
  };
}

function problemOf(content: Buffer): string | undefined {
  try {
    readEvent(content);
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}
