import { randomBytes } from 'node:crypto';
import {
  DeviceKey,
  MemoryJournal,
  nothingSaved,
  type Saved,
  Terminal,
  TestAcquirer,
  type TerminalStore,
} from '#terminal-sdk';
import { nodeSocket } from '#terminal-sdk/node';
import { becomeListening, type Merchant, type World } from '../support/world.js';

export interface FleetTerminal {
  readonly terminal: Terminal;
  readonly code: string;
}

const atOnce = 10;

/** One account makes all the load here. */
export const unlimited = { RATE_LIMIT_MINUTE: '999999999', RATE_LIMIT_HOUR: '999999999', RATE_LIMIT_AT_ONCE: '1000' };

/** Terminals that listen. They keep nothing on disk, so that the load does not measure its own. */
export async function aFleet(world: World, merchant: Merchant, size: number): Promise<FleetTerminal[]> {
  const fleet: FleetTerminal[] = [];
  while (fleet.length < size) {
    const batch = Array.from({ length: Math.min(atOnce, size - fleet.length) }, () => oneTerminal(world, merchant));
    fleet.push(...(await Promise.all(batch)));
  }
  return fleet;
}

export function switchOff(fleet: readonly FleetTerminal[]): void {
  for (const { terminal } of fleet) terminal.stop();
}

async function oneTerminal(world: World, merchant: Merchant): Promise<FleetTerminal> {
  const terminal = await Terminal.start({
    url: world.platform.url,
    serialNumber: `BENCH-${randomBytes(6).toString('hex').toUpperCase()}`,
    model: 'Bench',
    appVersion: '1.0.0',
    store: new MemoryStore(),
    journal: new MemoryJournal(),
    acquirer: new TestAcquirer(),
    socket: nodeSocket,
  });
  await terminal.setUp.complete(merchant.administrator);
  await terminal.logIn({ pin: merchant.administrator.pin });
  return { terminal, code: await becomeListening(terminal) };
}

class MemoryStore implements TerminalStore {
  private saved: Saved = nothingSaved;
  private readonly ownKey = DeviceKey.generate(true);

  key(): Promise<DeviceKey> {
    return this.ownKey;
  }

  load(): Promise<Saved> {
    return Promise.resolve(this.saved);
  }

  save(saved: Saved): Promise<void> {
    this.saved = saved;
    return Promise.resolve();
  }
}
