import { closeCodes, type PlatformFrame } from '#terminal-protocol';
import type { Acquirer } from './acquirer/acquirer.js';
import { FirstSetUp, type TerminalIdentity } from './first-set-up.js';
import type { CardData, EntryMode, Journal } from './payments/journal.js';
import { PaymentDesk } from './payments/payment-desk.js';
import { inputOf } from './payments/payment-input.js';
import { Connector } from './platform/connector.js';
import type { DeviceKey } from './platform/device-key.js';
import type { SocketFactory } from './platform/link.js';
import { type Credentials, PlatformClient, PlatformRefusal } from './platform/platform-client.js';
import { ServerClock } from './platform/server-clock.js';
import { TerminalMemory } from './terminal-memory.js';
import { screenOf, type TerminalState } from './terminal-state.js';
import type { Saved, TerminalStore } from './terminal-store.js';

export interface TerminalOptions extends TerminalIdentity {
  /** The platform's address, without a path. */
  readonly url: string;
  readonly store: TerminalStore;
  readonly journal: Journal;
  readonly acquirer: Acquirer;
  readonly socket: SocketFactory;
  readonly random?: () => number;
}

const tickMs = 250;
const registrationWaitSeconds = 25;
const outcomeShownMs = 2_000;

/** A smart terminal without a screen: it holds the state that one would draw, and does what its keys would do. */
export class Terminal {
  readonly setUp: FirstSetUp;
  private readonly clock = new ServerClock();
  private readonly client: PlatformClient;
  private readonly desk: PaymentDesk;
  private readonly connector: Connector;
  private ticking: ReturnType<typeof setInterval> | undefined;

  private constructor(
    options: TerminalOptions,
    key: DeviceKey,
    private readonly memory: TerminalMemory,
  ) {
    const now = (): number => this.clock.now();
    this.client = new PlatformClient(options.url, key, this.clock);
    this.setUp = new FirstSetUp(options, this.client, memory, this.clock);
    this.desk = new PaymentDesk({
      journal: options.journal,
      acquirer: options.acquirer,
      now,
      send: (frame) => void this.connector.send(frame),
      changed: () => {
        this.showPayment();
      },
      failed: () => {
        this.failSafe();
      },
    });
    this.connector = new Connector(key, this.client, this.desk, {
      appVersion: options.appVersion,
      socket: options.socket,
      random: options.random ?? Math.random,
      now,
      screenWhenConnected: () => screenOf({ ...memory.facts, connected: true }),
      frame: (frame) => {
        this.receive(frame);
      },
      changed: (change) => {
        memory.change(change);
      },
      nextSequence: () => this.nextConnectSequence(),
      renewed: (token) => this.keepToken(token),
    });
  }

  /** Switches a terminal on: what its journal and its session say is taken up again. */
  static async start(options: TerminalOptions): Promise<Terminal> {
    const [key, saved] = await Promise.all([options.store.key(), options.store.load()]);
    const terminal = new Terminal(options, key, new TerminalMemory(options.serialNumber, options.store, saved));
    await terminal.boot();
    return terminal;
  }

  get state(): TerminalState {
    return this.memory.state;
  }

  /** Calls `listener` with every new state; gives the function that ends it. */
  subscribe(listener: (state: TerminalState) => void): () => void {
    return this.memory.subscribe(listener);
  }

  /** Rejects with PlatformRefusal. In API mode the terminal then registers and connects by itself. */
  async logIn(credentials: Credentials): Promise<void> {
    try {
      const session = await this.client.logIn(credentials);
      this.connector.stop(closeCodes.normal);
      await this.memory.save({ missingSteps: [], session, connectSequence: 0 });
    } catch (error) {
      const missing: unknown = error instanceof PlatformRefusal ? error.details.missing : undefined;
      if (Array.isArray(missing)) await this.memory.keepMissing(missing as Saved['missingSteps']);
      throw error;
    }
    this.takeUpSession();
  }

  /** Ends the session; the code is kept by the platform. */
  async logOut(): Promise<void> {
    const { session } = this.memory.saved;
    if (session) await this.client.logOut(session.sessionToken);
    await this.endSession();
  }

  pressContinue(): void {
    this.connector.send({ type: 'continue' });
  }

  /** A customer presents a card to the prompt on the screen. Without a connection the terminal asks for none. */
  async presentCard(shown: { card: CardData; entryMode: EntryMode; tip?: number }): Promise<void> {
    if (!this.connector.isReady) return;
    await this.desk.take({ type: 'card', tip: shown.tip ?? 0, entryMode: shown.entryMode, card: shown.card });
  }

  async cancelPayment(by: 'customer' | 'staff'): Promise<void> {
    await this.desk.take({ type: 'cancel', by });
  }

  /** Cuts the link, as a pulled cable does; it comes back by the reconnect policy. */
  dropLink(): void {
    this.connector.drop();
  }

  /** Switches the terminal off. The session stays open: switched on again, it goes on. */
  stop(): void {
    clearInterval(this.ticking);
    this.ticking = undefined;
    this.desk.close();
    this.connector.stop(closeCodes.goingAway);
  }

  private async boot(): Promise<void> {
    await this.desk.boot();
    this.ticking = setInterval(() => void this.desk.take({ type: 'tick' }), tickMs);
    this.memory.change({ started: true });
    if (this.memory.saved.session) this.takeUpSession();
  }

  private takeUpSession(): void {
    const { session } = this.memory.saved;
    if (!session) return;
    const { mode, account, user } = session;
    const opened = { session: 'open', mode, missingSteps: [], stopped: null, code: null, listening: false } as const;
    this.memory.change({ ...opened, accountName: account.name, userName: user.name, outcome: null });
    if (mode === 'api') void this.registerAndConnect(session.session.id);
  }

  private async registerAndConnect(sessionId: string): Promise<void> {
    for (let session = this.runningSession(sessionId); session; session = this.runningSession(sessionId)) {
      try {
        const code = await this.connector.registration(session, registrationWaitSeconds);
        const current = this.runningSession(sessionId);
        if (code === null || !current) continue;
        this.memory.change({ code });
        this.connector.start(current);
        return;
      } catch (error) {
        if (error instanceof PlatformRefusal && error.code === 'session_ended') {
          await this.endSession();
          return;
        }
        await this.connector.pause();
      }
    }
  }

  /** The session with its newest token, unless it has ended or the terminal was switched off. */
  private runningSession(sessionId: string): Saved['session'] {
    const { session } = this.memory.saved;
    return this.ticking !== undefined && session?.session.id === sessionId ? session : null;
  }

  private receive(frame: PlatformFrame): void {
    if ('serverTime' in frame) this.clock.hear(frame.serverTime);
    const input = inputOf(frame, this.clock.isFresh);
    if (input) void this.desk.take(input);
    else if (frame.type === 'session.end') void this.endSession();
    else if (frame.type === 'settings') {
      const { mode, code, continued, listening, accountName } = frame;
      this.memory.change({ mode, code, continued, listening, accountName });
    } else if (frame.type === 'ping') {
      this.memory.change({ ping: { pingId: frame.pingId, message: frame.message } });
      this.connector.send({ type: 'ping.shown', pingId: frame.pingId });
    }
  }

  /** Puts the open payment on the screen, and for a moment the last outcome. */
  private showPayment(): void {
    const { open, unsettled } = this.desk;
    const payment = open?.onScreen ? open.request : null;
    const processing = open?.stage === 'started' || (open?.waitingUntil ?? null) !== null;
    const done = unsettled.find((held) => held.result !== null);
    if (done?.result && done.paymentId !== this.state.outcome?.paymentId) {
      this.memory.change({ payment, processing, outcome: { paymentId: done.paymentId, result: done.result } });
      setTimeout(() => {
        if (this.state.outcome?.paymentId === done.paymentId) this.memory.change({ outcome: null });
      }, outcomeShownMs);
    } else this.memory.change({ payment, processing });
  }

  /** What cannot be written down must not be charged: the terminal takes no payment until it was switched off and on. */
  private failSafe(): void {
    this.stop();
    this.memory.change({ stopped: 'storage', payment: null, processing: false });
  }

  private async endSession(): Promise<void> {
    this.connector.stop(closeCodes.normal);
    await this.memory.save({ session: null, connectSequence: 0 });
    const off = { session: 'ended', mode: null, code: null, listening: false, connected: false } as const;
    this.memory.change({ ...off, userName: null });
  }

  private async nextConnectSequence(): Promise<number> {
    const connectSequence = this.memory.saved.connectSequence + 1;
    await this.memory.save({ connectSequence });
    return connectSequence;
  }

  private async keepToken(token: string | null): Promise<void> {
    const { session } = this.memory.saved;
    if (token === null) await this.endSession();
    else if (session) await this.memory.save({ session: { ...session, sessionToken: token } });
  }
}
