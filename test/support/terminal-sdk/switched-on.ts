import { jest } from '@jest/globals';
import {
  DeviceKey,
  type Journal,
  MemoryJournal,
  nothingSaved,
  type PaymentResult,
  type Saved,
  type Screen,
  Terminal,
} from '#terminal-sdk';
import { aSession, base, FakePlatform, json, tokenUntil } from './fake-platform.js';
import { FakeSockets } from './fake-socket.js';
import { noon } from './payments.js';
import { pass, until } from './turns.js';

/** A whole terminal, whose platform is the test's: its answers, its sockets, and what it keeps. */
export class SwitchedOn {
  readonly platform = new FakePlatform();
  readonly sockets = new FakeSockets();
  readonly screens: Screen[] = [];
  journal: Journal = new MemoryJournal();
  saved: Saved = nothingSaved;
  /** So long the device has slept, which its steady clock does not count. */
  sleptMs = 0;
  /** Whether the store takes anything. */
  space = true;
  /** What the acquirer answers. */
  answer: () => Promise<PaymentResult> = () => Promise.reject(new Error('no answer'));
  readonly session = aSession({ sessionToken: tokenUntil(noon + 600_000) });
  private running: Terminal | undefined;

  constructor() {
    jest.spyOn(globalThis, 'fetch').mockImplementation(this.platform.fetch);
    this.platform
      .on('/device/v1/sessions', () => json(this.session, 201))
      .on('/device/v1/registration', () => json({ code: 'K7QX' }));
  }

  get terminal(): Terminal {
    if (!this.running) throw new Error('the terminal is switched off');
    return this.running;
  }

  async start(): Promise<Terminal> {
    const key = await DeviceKey.generate(false);
    const terminal = await Terminal.start({
      ...{ url: base, serialNumber: 'S-1', model: 'M', appVersion: '1.0.0' },
      store: {
        key: () => Promise.resolve(key),
        load: () => Promise.resolve(this.saved),
        save: (saved) => {
          if (!this.space) return Promise.reject(new Error('no space left'));
          this.saved = saved;
          return Promise.resolve();
        },
      },
      journal: this.journal,
      acquirer: { authorise: () => this.answer(), resolve: () => this.answer() },
      socket: this.sockets.factory,
      random: () => 1,
      clock: { steady: () => performance.now(), wall: () => Date.now() + this.sleptMs },
    });
    this.running = terminal;
    this.screens.push(terminal.state.screen);
    terminal.subscribe(({ screen }) => {
      if (screen !== this.screens.at(-1)) this.screens.push(screen);
    });
    return terminal;
  }

  /** Logged in, connected, ready to take payment. */
  static async listening(): Promise<SwitchedOn> {
    const on = new SwitchedOn();
    const terminal = await on.start();
    await terminal.logIn({ pin: '1234' });
    await on.connects();
    return on;
  }

  async connects(times = 1): Promise<void> {
    await until('the terminal makes a connection', () => this.sockets.made.length === times);
    const { newest } = this.sockets;
    newest.hello(Date.now());
    await until('the terminal introduces itself', () => newest.sent.length > 0);
    newest.ready(Date.now());
    const told = {
      mode: 'api',
      code: 'K7QX',
      accountName: 'Corner Shop',
      deviceName: null,
      locale: 'en-CA',
      tipping: null,
    } as const;
    newest.says({ type: 'settings', ...told, continued: true, listening: true });
    await pass(0);
  }
}
