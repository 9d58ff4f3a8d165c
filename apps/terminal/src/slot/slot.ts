import { Terminal, TestAcquirer } from '#terminal-sdk';
import { type BrowserHome, deleteBrowserHome, openBrowserHome } from '#terminal-sdk/browser';
import { type Faults, noFaults } from './faults.js';
import { FaultyAcquirer } from './faulty-acquirer.js';
import { FaultyJournal } from './faulty-journal.js';
import { FaultyNetwork } from './faulty-network.js';
import { Gate } from './gate.js';
import type { SlotView } from './slot-view.js';
import { declineOf } from './test-cards.js';

export const appVersion = '1.0.0';
export const model = 'Tillgate Virtual';
const endShownMs = 4_000;

const homeOf = (number: number): string => `tillgate-terminal-${number}`;

/** The first number that this browser has no terminal of. */
export async function firstFree(): Promise<number> {
  const databases = await indexedDB.databases().catch(() => []);
  const taken = new Set(databases.map(({ name }) => name));
  let number = 1;
  while (taken.has(homeOf(number))) number += 1;
  return number;
}

/** One place on the counter: a terminal with its storage, its power switch and its faults. */
export class Slot {
  private readonly name: string;
  private readonly listeners = new Set<() => void>();
  private readonly gate = new Gate();
  private current: SlotView = { power: 'starting', state: null, faults: noFaults, roundTripMs: null };
  private running: Running | undefined;
  /** No other page of this browser has this terminal. */
  private isMine = false;
  private isStarting = false;
  private runsWithSkew = 0;

  /** @param number counted from 1; the same number is the same terminal. */
  constructor(
    readonly number: number,
    private readonly url: string,
  ) {
    this.name = homeOf(number);
  }

  get view(): SlotView {
    return this.current;
  }

  /** Undefined while the power is off. */
  get terminal(): Terminal | undefined {
    return this.running?.terminal;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Switches on as soon as no other page of this browser has this terminal: two of one journal could charge twice. */
  async occupy(): Promise<void> {
    if (!('locks' in navigator)) {
      this.change({ power: 'unable' });
      return;
    }
    const waiting = setTimeout(() => {
      this.change({ power: 'elsewhere' });
    }, 1_000);
    const hold = async (): Promise<void> => {
      clearTimeout(waiting);
      this.isMine = true;
      await this.powerOn();
      // The lock goes with the page.
      await new Promise<never>(() => undefined);
    };
    // A browser that may not keep anything refuses.
    await navigator.locks.request(this.name, hold).catch(() => {
      clearTimeout(waiting);
      this.change({ power: 'unable' });
    });
  }

  async powerOn(): Promise<void> {
    if (this.running || this.isStarting || !this.isMine) return;
    this.isStarting = true;
    this.change({ power: 'starting' });
    try {
      const home = await openBrowserHome(this.name, newSerialNumber);
      const network = new FaultyNetwork(this.faults, this.gate, (roundTripMs) => {
        this.change({ roundTripMs });
      });
      const terminal = await Terminal.start(this.optionsOf(home, network));
      const unfollow = terminal.subscribe((state) => {
        this.change({ state });
      });
      const networkIsBack = (): void => {
        terminal.networkIsBack();
      };
      addEventListener('online', networkIsBack);
      const unsubscribe = (): void => {
        unfollow();
        removeEventListener('online', networkIsBack);
      };
      this.running = { terminal, home, network, unsubscribe };
      this.change({ power: 'on', state: terminal.state });
    } catch {
      this.change({ power: 'unable' });
    } finally {
      this.isStarting = false;
    }
    if (this.running && this.runsWithSkew !== this.faults().clockSkewMinutes) this.restart();
  }

  /** No goodbye to anybody: what is not on the disk is gone. */
  readonly powerCut = (): void => {
    const { running } = this;
    if (!running) return;
    this.running = undefined;
    running.unsubscribe();
    running.network.cutOff();
    running.terminal.stop();
    running.home.close();
    this.gate.forget();
    this.gate.set(false);
    const faults = { ...this.current.faults, cutAt: null, frozen: false };
    this.change({ power: 'off', state: null, roundTripMs: null, faults });
  };

  setFaults(change: Partial<Faults>): void {
    const before = this.current.faults;
    const faults = { ...before, ...change };
    this.change({ faults });
    if (faults.frozen !== before.frozen) this.gate.set(faults.frozen);
    if (faults.unplugged && !before.unplugged) this.unplug();
    if (!faults.unplugged && before.unplugged) this.plugIn();
    if (faults.clockSkewMinutes !== before.clockSkewMinutes && this.running) {
      this.restart();
    }
  }

  /** With another clock. */
  private restart(): void {
    this.powerCut();
    void this.powerOn();
  }

  /** A new terminal takes its place, with another serial number. */
  async replace(): Promise<void> {
    if (!this.isMine || this.isStarting) return;
    this.powerCut();
    await deleteBrowserHome(this.name);
    this.setFaults(noFaults);
    await this.powerOn();
  }

  private unplug(): void {
    this.running?.network.silence();
    this.running?.terminal.dropLink();
  }

  private plugIn(): void {
    this.running?.network.release();
    this.running?.terminal.networkIsBack();
  }

  private optionsOf(home: BrowserHome, network: FaultyNetwork) {
    const { faults, gate } = this;
    // A terminal that is still being switched on cannot lose its power.
    const faultsWhenOn = (): Faults => (this.running ? faults() : { ...faults(), cutAt: null });
    this.runsWithSkew = faults().clockSkewMinutes;
    const skewMs = this.runsWithSkew * 60_000;
    return {
      ...{ url: this.url, serialNumber: home.serialNumber, model, appVersion, endShownMs },
      store: home.store,
      journal: new FaultyJournal(home.journal, faultsWhenOn, gate, this.powerCut),
      acquirer: new FaultyAcquirer(new TestAcquirer(home.answers, declineOf), faults, gate),
      socket: network.socket,
      fetch: network.fetch,
      clock: {
        steady: () => performance.timeOrigin + performance.now() + skewMs,
        wall: () => Date.now() + skewMs,
      },
      health: () => ({ battery: faults().battery, network: 'wifi' }),
    };
  }

  private readonly faults = (): Faults => this.current.faults;

  private change(change: Partial<SlotView>): void {
    this.current = { ...this.current, ...change };
    for (const listener of this.listeners) listener();
  }
}

interface Running {
  readonly terminal: Terminal;
  readonly home: BrowserHome;
  readonly network: FaultyNetwork;
  readonly unsubscribe: () => void;
}

const newSerialNumber = (): string =>
  `VT-${Array.from(crypto.getRandomValues(new Uint8Array(4)), (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase()}`;
