import { get } from 'node:http';
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { World } from '../support/world.js';
import { openStream } from './event-stream.js';
import { unlimited } from './fleet.js';

const each = 5_000;
const atOnce = 200;
const settleMs = 4_000;
const idleMs = 16_000;
/** USER_HZ is 100 on every Linux that Node runs on. */
const msPerTick = 10;

/** Resident memory of one process for each reader that waits at the end of a log: streams first, then long polls beside them. */
export async function measureWaiting(): Promise<string[]> {
  const world = await World.start('embedded', { ...unlimited, RATE_LIMIT_WAITING: '999999' });
  const { token } = await world.merchant();
  const [process] = world.platform.processes;
  const url = `${world.platform.url}/v2/events`;
  const end = ((await world.call('GET', '/v2/events', { token })).body as { next: number }).next;
  const memory = async (): Promise<number> => {
    await pause(settleMs);
    const status = await readFile(`/proc/${process?.pid ?? 0}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN);
  };
  /** Of one core, while nothing happens. */
  const cpuShare = async (): Promise<string> => {
    const ticks = async (): Promise<number> => {
      const fields = (await readFile(`/proc/${process?.pid ?? 0}/stat`, 'utf8')).replace(/^.*\) /, '').split(' ');
      return Number(fields[11]) + Number(fields[12]);
    };
    const before = await ticks();
    await pause(idleMs);
    return `${Math.round((((await ticks()) - before) / (idleMs / msPerTick)) * 100)} % of a core`;
  };
  const closers: (() => void)[] = [];
  const before = await memory();
  for (let i = 0; i < each; i += atOnce) {
    const streams = Array.from({ length: atOnce }, () => openStream(`${url}/stream`, token));
    closers.push(
      ...streams.map((stream) => () => {
        stream.close();
      }),
    );
    await Promise.all(streams.map(({ opened }) => opened));
  }
  const withStreams = await memory();
  const busy = await cpuShare();
  for (let i = 0; i < each; i += atOnce) {
    for (let j = 0; j < atOnce; j += 1) {
      const request = get(`${url}?after=${end}`, { agent: false, headers: { 'api-token': token, prefer: 'wait=60' } });
      request.on('error', () => undefined);
      closers.push(() => request.destroy());
    }
    await pause(100);
  }
  const withPolls = await memory();
  for (const close of closers) close();
  await world.stop();
  const perReader = (kib: number): string => `${(kib / each).toFixed(1)} KiB resident`;
  return [
    `memory per waiting stream (${each} on one process): ${perReader(withStreams - before)}, and ${busy} for all of them`,
    `memory per waiting long poll (${each} more): ${perReader(withPolls - withStreams)}`,
  ];
}
