import type { PlatformFrame } from '#terminal-protocol';
import { FirstSetUp } from './first-set-up.js';
import type { HeldPayment } from './payments/held-payment.js';
import type { CardData, EntryMode } from './payments/journal.js';
import { PaymentDesk } from './payments/payment-desk.js';
import { inputOf } from './payments/payment-input.js';
import { PaymentScreen } from './payments/payment-screen.js';
import { Connector } from './platform/connector.js';
import type { DeviceKey } from './platform/device-key.js';
import { type Credentials, PlatformClient, PlatformRefusal, type Renewed } from './platform/platform-client.js';
import { Registration } from './platform/registration.js';
import { ServerClock } from './platform/server-clock.js';
import { type KeepSession, TokenRenewal } from './platform/token-renewal.js';
import { TerminalMemory } from './terminal-memory.js';
import { ScreenMessages } from './screen-messages.js';
import type { TerminalOptions } from './terminal-options.js';
import { screenOf, type TerminalState } from './terminal-state.js';
import { nothingSaved, type Saved } from './terminal-store.js';

const tickMs = 250;

/** A smart terminal without a screen: it holds the state that one would draw, and does what its keys would do. */
export class Terminal {
  readonly setUp: FirstSetUp;
  private readonly clock: ServerClock;
  private readonly client: PlatformClient;
  private readonly desk: PaymentDesk;
  private readonly connector: Connector;
  private readonly registration: Registration;
  private readonly screen: PaymentScreen;
  private readonly messages: ScreenMessages;
  private ticking: ReturnType<typeof setInterval> | undefined;

  private constructor(
    options: TerminalOptions,
    key: DeviceKey,
    private readonly memory: TerminalMemory,
  ) {
    this.screen = new PaymentScreen(memory, options.endShownMs);
    this.clock = new ServerClock(options.clock);
    this.messages = new ScreenMessages(memory);
    const now = (): number => this.clock.now();
    this.client = new PlatformClient(options.url, key, this.clock, options.fetch);
    this.setUp = new FirstSetUp(options, this.client, memory, this.clock);
    this.desk = new PaymentDesk({
      journal: options.journal,
      acquirer: options.acquirer,
      now,
      send: (frame) => void this.connector.send(frame),
      changed: () => {
        this.screen.show(this.desk.open);
      },
      recorded: (record) => {
        this.screen.showEnd(record);
      },
      failed: () => {
        this.failSafe();
      },
    });
    const keep: KeepSession = (sessionId, renewed) => this.keepSession(sessionId, renewed);
    const renewal = new TokenRenewal(this.client, keep);
    this.registration = new Registration(this.client, renewal, keep, options.random ?? Math.random);
    this.connector = new Connector(key, this.client, renewal, this.desk, {
      appVersion: options.appVersion,
      health: options.health ?? (() => ({ battery: null, network: null })),
      socket: options.socket,
      random: options.random ?? Math.random,
      now,
      screenWhenConnected: () => screenOf({ ...memory.facts, connected: true }),
      frame: (frame) => {
        if (!this.hasSlept()) this.receive(frame);
      },
      changed: (change) => {
        memory.change(change);
      },
      nextSequence: () => memory.nextConnectSequence(),
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

  /** Newest first: the payments that the journal holds. */
  get payments(): readonly HeldPayment[] {
    return this.desk.held;
  }

  /** Calls `listener` with every new state; gives the function that ends it. */
  subscribe(listener: (state: TerminalState) => void): () => void {
    return this.memory.subscribe(listener);
  }

  /** Rejects with PlatformRefusal. In API mode the terminal then registers and connects by itself. */
  async logIn(credentials: Credentials): Promise<void> {
    try {
      const session = await this.client.logIn(credentials);
      this.connector.stop();
      await this.memory.save({ missingSteps: [], session, connectSequence: 0 });
    } catch (error) {
      const { code, details } =
        error instanceof PlatformRefusal ? error : { code: null, details: {} as { missing?: unknown } };
      if (Array.isArray(details.missing)) await this.memory.keepMissing(details.missing as Saved['missingSteps']);
      // Another platform, or one that has lost its data: this terminal begins anew there.
      if (code === 'unknown_device') await this.memory.keepMissing(nothingSaved.missingSteps);
      throw error;
    }
    this.takeUpSession();
  }

  /** Ends the session; the code is kept by the platform. Rejects while the platform cannot be told. */
  async logOut(): Promise<void> {
    const { session } = this.memory.saved;
    if (session) await this.client.logOut(session.sessionToken);
    await this.endSession();
  }

  pressContinue(): void {
    this.connector.send({ type: 'continue' });
  }

  /**
   * A customer presents a card to the prompt of this payment; nothing happens when another one is on the screen by now.
   * Without a connection the terminal asks for none.
   */
  async presentCard(shown: { paymentId: string; card: CardData; entryMode: EntryMode; tip?: number }): Promise<void> {
    if (!this.connector.isReady) return;
    await this.desk.take({ type: 'card', tip: 0, ...shown });
  }

  /** Before a card is charged; nothing happens afterwards. */
  async cancelPayment(paymentId: string, by: 'customer' | 'staff'): Promise<void> {
    await this.desk.take({ type: 'cancel', paymentId, by });
  }

  /** The network of the device is back: the next attempt to connect is made now. */
  networkIsBack(): void {
    this.connector.hurry();
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
    this.screen.close();
    this.messages.close();
    this.registration.switchOff();
    this.connector.switchOff();
    this.client.close();
  }

  private async boot(): Promise<void> {
    await this.desk.boot();
    this.memory.change({ started: true });
    if (this.desk.isClosed) return;
    this.ticking = setInterval(() => {
      this.hasSlept();
      void this.desk.take({ type: 'tick' });
    }, tickMs);
    if (this.memory.saved.session) this.takeUpSession();
    else this.connector.deliverResults();
  }

  private takeUpSession(): void {
    const { session } = this.memory.saved;
    if (!session) return;
    this.memory.showSession(session);
    if (session.mode === 'api') void this.registerAndConnect(session.session.id);
  }

  private async registerAndConnect(sessionId: string): Promise<void> {
    const registered = await this.registration.of(() => this.runningSession(sessionId));
    const session = this.runningSession(sessionId);
    if (!session || registered.then === 'over') return;
    if (registered.then === 'registered') {
      this.memory.change({ code: registered.code });
      this.connector.start(session);
    } else this.connector.startForbidden(session, registered.then);
  }

  /** The session with its newest token, unless it has ended or the terminal was switched off. */
  private runningSession(sessionId: string): Saved['session'] {
    const { session } = this.memory.saved;
    return this.ticking !== undefined && session?.session.id === sessionId ? session : null;
  }

  /** A go-ahead that lay in the socket while the device slept must charge nobody: the link of before is not believed. */
  private hasSlept(): boolean {
    const slept = this.clock.hasJumped();
    if (slept) this.connector.drop();
    return slept;
  }

  private receive(frame: PlatformFrame): void {
    if ('serverTime' in frame) this.clock.hear(frame.serverTime);
    const input = inputOf(frame, this.clock.isFresh);
    if (input) void this.desk.take(input);
    else if (frame.type === 'session.end') void this.endSession();
    else if (frame.type === 'settings') {
      const { mode, code, continued, listening, accountName, deviceName = null } = frame;
      this.memory.change({ mode, code, continued, listening, accountName, deviceName });
    } else if (frame.type === 'display') this.messages.display(frame);
    else if (frame.type === 'ping') {
      this.memory.change({ ping: { pingId: frame.pingId, message: frame.message } });
      this.connector.send({ type: 'ping.shown', pingId: frame.pingId });
    }
  }

  /** What cannot be written down must not be charged: the terminal takes no payment until it was switched off and on. */
  private failSafe(): void {
    this.stop();
    this.memory.change({ stopped: 'storage', payment: null, processing: false });
  }

  private async endSession(): Promise<void> {
    this.connector.stop();
    this.connector.deliverResults();
    await this.written(this.memory.endSession());
  }

  /** What the store does not take would be otherwise after the next power cut: that is a fault of the terminal. */
  private async written(saving: Promise<void>): Promise<void> {
    try {
      await saving;
    } catch {
      this.failSafe();
    }
  }

  private async keepSession(sessionId: string, renewed: Renewed | null): Promise<void> {
    const { session } = this.memory.saved;
    if (session?.session.id !== sessionId) return;
    if (renewed === null) await this.endSession();
    else {
      const { sessionToken, gatewayUrl = session.gatewayUrl } = renewed;
      await this.written(this.memory.save({ session: { ...session, sessionToken, gatewayUrl } }));
    }
  }
}
