/** A platform process of its own, for tests that kill it. What it is told comes as JSON in its first argument. */
import { setTimeout as sleep } from 'node:timers/promises';
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
const dieInstead = async (): Promise<void> => {
  die();
  await new Promise(() => undefined);
};

const orders = JSON.parse(process.argv[2] ?? '') as Orders;
const reactions = orders.subscribers.map((subscriber) =>
  reactionOf(subscriber, (_event, tx) => {
    // What is put off until after the commit runs before the acknowledgement.
    if (orders.diesAt === 'before-ack') tx.afterCommit(die);
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
