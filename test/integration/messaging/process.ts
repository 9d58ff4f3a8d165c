/** A platform process of its own, for tests that kill it. What it is told comes as JSON in its first argument. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { DomainEvent } from '#contracts';
import type { Tx } from '#database';
import { EventPublisher, MessagingHealth } from '#messaging';
import { anApp, many, reactionOf, type Road, say } from './support.js';

export type DiesAt = 'never' | 'before-publish' | 'before-mark' | 'before-ack';

export interface Orders {
  readonly road: Road;
  readonly subscribers: readonly string[];
  readonly diesAt: DiesAt;
  /** Events that it commits, one transaction each. */
  readonly says: number;
}

const die = (): boolean => process.kill(process.pid, 'SIGKILL');
const forEver = new Promise<void>(() => undefined);
const dieInstead = (): Promise<void> => {
  die();
  return forEver;
};
/** From here on only the broker can bring the event again. */
const markedAsSent = async ({ id }: DomainEvent, tx: Tx): Promise<void> => {
  const query = 'SELECT 1 FROM messaging.outbox WHERE id = $1 AND sent_at IS NOT NULL';
  while ((await tx.manager.query<unknown[]>(query, [id])).length === 0) await sleep(10);
};

const orders = JSON.parse(process.argv[2] ?? '') as Orders;
const reactions = orders.subscribers.map((subscriber) =>
  reactionOf(subscriber, async (event, tx) => {
    if (orders.diesAt !== 'before-ack') return;
    if (orders.road.brokerUrl) await markedAsSent(event, tx);
    // What is put off until after the commit runs before the acknowledgement. The other subscribers are in the middle of it then.
    if (subscriber === orders.subscribers[0]) tx.afterCommit(die);
    else await forEver;
  }),
);
const { app, stop } = await anApp(orders.road, reactions);
process.once('SIGTERM', () => void stop().then(() => process.exit(0)));

const publisher = app.get(EventPublisher);
const publish = publisher.publish.bind(publisher);
if (orders.diesAt === 'before-publish') publisher.publish = dieInstead;
if (orders.diesAt === 'before-mark') publisher.publish = (event) => publish(event).then(dieInstead);

while (!app.get(MessagingHealth).isConnected) await sleep(20);
console.log('ready');
for (const event of many(orders.says)) await say(app, event);
console.log('said');
