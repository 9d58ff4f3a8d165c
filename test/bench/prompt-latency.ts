import { setTimeout as pause } from 'node:timers/promises';
import type { Mode } from '../support/platform.js';
import { customerWhoPays, World } from '../support/world.js';
import { ms, percentile } from './figures.js';
import { aFleet, switchOff, unlimited } from './fleet.js';

const perSecond = 20;
const seconds = 20;
const warmUp = 40;

/** From the moment the point of sale sends its POST to the prompt on the terminal, at 20 payments a second. */
export async function measurePromptLatency(mode: Mode): Promise<string> {
  const world = await World.start(mode, unlimited);
  const merchant = await world.merchant();
  const fleet = await aFleet(world, merchant, perSecond);
  const sentAt = new Map<string, number>();
  const latencies: number[] = [];
  for (const { terminal, code } of fleet) {
    customerWhoPays(terminal);
    terminal.subscribe(({ payment }) => {
      const sent = sentAt.get(code);
      if (!payment || sent === undefined) return;
      sentAt.delete(code);
      latencies.push(performance.now() - sent);
    });
  }
  await pause(1_000);
  let refused = 0;
  const start = performance.now();
  for (let i = 0; i < perSecond * seconds + warmUp; i += 1) {
    const { code } = fleet[i % fleet.length] ?? { code: '' };
    sentAt.set(code, performance.now());
    void world.purchaseNow(merchant.token, code, 1).then(({ status }) => {
      if (status !== 202) refused += 1;
    });
    await pause(Math.max(0, start + ((i + 1) * 1_000) / perSecond - performance.now()));
  }
  await pause(1_000);
  switchOff(fleet);
  await world.stop();
  const measured = latencies.slice(warmUp);
  const [p50, p99] = [percentile(measured, 0.5), percentile(measured, 0.99)];
  return `POST purchase to prompt, ${perSecond}/s, ${mode}: p50 ${ms(p50)}, p99 ${ms(p99)} (${measured.length} payments, ${refused} refused)`;
}
