import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../scripts/free-port.mjs';
import { TestProcess } from '../support/process.js';
import { ms, percentile } from './figures.js';

const starts = 5;

/** From `npm start` of an installed and built clone to ready: the first time, and again with the data there. */
export async function measureStart(): Promise<string[]> {
  const home = await mkdtemp(join(tmpdir(), 'tillgate-bench-'));
  const first = await once(home);
  const later: number[] = [];
  for (let i = 0; i < starts; i += 1) later.push(await once(home));
  await rm(home, { recursive: true, force: true });
  return [
    `start to ready, embedded, first start: ${ms(first)}`,
    `start to ready, embedded, later starts: median ${ms(percentile(later, 0.5))} of ${starts}`,
  ];
}

async function once(home: string): Promise<number> {
  const port = String(await freePort());
  const from = performance.now();
  const env = { TILLGATE_HOME: home, PORT: port, LOG_LEVEL: 'warn' };
  const platform = TestProcess.start('npm start', 'scripts/start.mjs', env);
  for (;;) {
    const ready = await fetch(`http://127.0.0.1:${port}/health/ready`).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) break;
    if (!platform.isRunning) throw new Error(platform.output);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const taken = performance.now() - from;
  await platform.stop();
  return taken;
}
