import { setTimeout as pause } from 'node:timers/promises';
import type { Mode } from '../support/platform.js';
import { customerWhoPays, World } from '../support/world.js';
import { ms, percentile } from './figures.js';
import { aFleet, switchOff, unlimited } from './fleet.js';

const terminals = 100;
const warmUpMs = 3_000;
const measuredMs = 15_000;

/** Payments from request to settled, as many as 100 terminals take when each till waits for its answer. */
export async function measureThroughput(mode: Mode): Promise<string> {
  const world = await World.start(mode, unlimited);
  const merchant = await world.merchant();
  const fleet = await aFleet(world, merchant, terminals);
  for (const { terminal } of fleet) customerWhoPays(terminal);
  await pause(1_000);
  const from = performance.now() + warmUpMs;
  const until = from + measuredMs;
  const times: number[] = [];
  let other = 0;
  const till = async (code: string): Promise<void> => {
    while (performance.now() < until) {
      const sent = performance.now();
      const { status, body } = await world.purchaseNow(merchant.token, code, 1, { prefer: 'wait=30' });
      const now = performance.now();
      const approved = status === 200 && (body as { status: string }).status === 'approved';
      if (approved && now >= from && now < until) times.push(now - sent);
      if (!approved) other += 1;
    }
  };
  await Promise.all(fleet.map(({ code }) => till(code)));
  switchOff(fleet);
  await world.stop();
  const rate = times.length / (measuredMs / 1_000);
  const [p50, p99] = [percentile(times, 0.5), percentile(times, 0.99)];
  return `payments settled, ${terminals} terminals, ${mode}: ${rate.toFixed(0)}/s, each p50 ${ms(p50)}, p99 ${ms(p99)} (${other} other answers)`;
}
