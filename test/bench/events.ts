import { setTimeout as pause } from 'node:timers/promises';
import { connectedTo } from '../support/database.js';
import { openStream } from './event-stream.js';
import type { Mode } from '../support/platform.js';
import { Receiver } from '../support/receiver.js';
import { customerWhoPays, World } from '../support/world.js';
import { ms, percentile } from './figures.js';
import { aFleet, switchOff, unlimited } from './fleet.js';

const perSecond = 50;
const seconds = 15;

interface Told {
  readonly occurredAt: string;
  readonly type: string;
}

/** From the final state of a payment to its place in the log, to the stream, and to the first try of a webhook. */
export async function measureEvents(mode: Mode): Promise<string[]> {
  const receiver = await Receiver.start();
  const world = await World.start(mode, { ...unlimited, WEBHOOK_ALLOWED_HOSTS: '127.0.0.1' });
  const merchant = await world.merchant();
  const { token } = merchant;
  const body = { url: receiver.url, types: ['payment.approved'] };
  const made = await world.call('POST', '/v2/webhooks', { token, body });
  receiver.secret = (made.body as { secret: string }).secret;
  const fleet = await aFleet(world, merchant, perSecond * 2);
  for (const { terminal } of fleet) customerWhoPays(terminal);
  await pause(1_000);

  const late = { stream: [] as number[], webhook: [] as number[] };
  const since = (event: Told): number => Date.now() - Date.parse(event.occurredAt);
  receiver.onReceived = (event) => late.webhook.push(since(event as unknown as Told));
  const stream = openStream(`${world.platform.url}/v2/events/stream?types=payment.approved`, token, (event) => {
    late.stream.push(since(event as Told));
  });
  const start = performance.now();
  for (let i = 0; i < perSecond * seconds; i += 1) {
    void world.purchaseNow(token, fleet[i % fleet.length]?.code ?? '', 1);
    await pause(Math.max(0, start + ((i + 1) * 1_000) / perSecond - performance.now()));
  }
  await pause(3_000);
  stream.close();
  const logged = await connectedTo(world.platform.databaseUrl, async (client) => {
    const { rows } = await client.query<{ ms: number }>(
      `SELECT extract(epoch FROM logged_at - occurred_at)::float * 1000 AS ms FROM notifications.event WHERE type = 'payment.approved'`,
    );
    return rows.map((row) => row.ms);
  });
  switchOff(fleet);
  await world.stop();
  await receiver.stop();
  const line = (what: string, values: readonly number[]): string =>
    `final state to ${what}, ${perSecond} payments/s, ${mode}: p50 ${ms(percentile(values, 0.5))}, p99 ${ms(percentile(values, 0.99))} (${values.length})`;
  return [line('log', logged), line('stream', late.stream), line('webhook', late.webhook)];
}
