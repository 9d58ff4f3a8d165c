import { connect } from 'amqplib';
import { brokerUrl } from './broker-url.js';

const connectWithinMs = 5_000;

export interface QueueFacts {
  readonly name: string;
  /** Undefined when there is no such queue. */
  readonly messages: number | undefined;
}

/** Looks at queues of a broker and changes nothing. Rejects when it cannot be reached. */
export async function inspectBroker(url: string, queues: readonly string[]): Promise<QueueFacts[]> {
  const connection = await connect(brokerUrl(url), { timeout: connectWithinMs });
  connection.on('error', () => undefined);
  try {
    const facts: QueueFacts[] = [];
    for (const name of queues) {
      // A queue that is missing ends its channel, so each has one of its own.
      const channel = await connection.createChannel();
      channel.on('error', () => undefined);
      const messages = await channel.checkQueue(name).then(
        ({ messageCount }) => messageCount,
        () => undefined,
      );
      facts.push({ name, messages });
    }
    return facts;
  } finally {
    await connection.close();
  }
}
