import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { Mode } from '../support/platform.js';
import { World } from '../support/world.js';
import { aFleet, switchOff, unlimited } from './fleet.js';

const terminals = 300;
const settleMs = 5_000;

/** Resident memory of the process that holds the connections, before and after idle terminals connect. */
export async function measureIdleMemory(mode: Mode): Promise<string> {
  const world = await World.start(mode, unlimited);
  const merchant = await world.merchant();
  const holder = world.platform.processes.at(-1);
  // The first terminals pay for code that is compiled once.
  const first = await aFleet(world, merchant, 30);
  await pause(settleMs);
  const before = await residentKiB(holder?.pid ?? 0);
  const fleet = await aFleet(world, merchant, terminals);
  await pause(settleMs);
  const after = await residentKiB(holder?.pid ?? 0);
  switchOff([...first, ...fleet]);
  await world.stop();
  const each = (after - before) / terminals;
  return `memory per idle terminal, ${mode} (${holder?.name ?? ''} process, ${terminals} terminals): ${each.toFixed(0)} KiB resident`;
}

async function residentKiB(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN);
}
