import { closeCodes, type PlatformFrame } from '#terminal-protocol';
import type { Acquirer } from './acquirer/acquirer.js';
import type { CardData, EntryMode, Journal } from './payments/journal.js';
import { PaymentDesk } from './payments/payment-desk.js';
import { Connector } from './platform/connector.js';
import type { SocketFactory } from './platform/link.js';
import { type Credentials, PlatformClient, PlatformRefusal } from './platform/platform-client.js';
import { ServerClock } from './platform/server-clock.js';
import { type Facts, screenOf, type TerminalState } from './terminal-state.js';
import { type Saved, type TerminalStore } from './terminal-store.js';

export interface TerminalOptions {
  /** The platform's address, without a path. */
  readonly url: string;
  readonly serialNumber: string;
  readonly model: string;
  readonly appVersion: string;
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
  private readonly listeners = new Set<(state: TerminalState) => void>();
  private facts: Facts;
  private current: TerminalState;
  private ticking: ReturnType<typeof setInterval> | undefined;

  private constructor(
    private readonly options: TerminalOptions,
    private readonly clock: ServerClock,
    private readonly client: PlatformClient,
    private saved: Saved,
    private readonly desk: PaymentDesk,
    private readonly connector: Connector,
  ) {
    this.facts = { ...blank, serialNumber: options.serialNumber };
    this.current = { ...this.facts, screen: 'starting' };
  }

  /** Switches a terminal on: what its journal and its session say is taken up again. */
  static async start(options: TerminalOptions): Promise<Terminal> {
    const [key, saved] = await Promise.all([options.store.key(), options.store.load()]);
    const late: { terminal?: Terminal } = {};
    const terminalOf = (): Terminal => {
      if (!late.terminal) throw new Error('the terminal is not there yet');
      return late.terminal;
    };
    const clock = new ServerClock();
    const client = new PlatformClient(options.url, key, () => clock.now());
    const desk = new PaymentDesk({
      journal: options.journal,
      acquirer: options.acquirer,
      now: () => clock.now(),
      send: (frame) => void terminalOf().connector.send(frame),
      changed: () => {
        terminalOf().showPayment();
      },
    });
    const connector = new Connector(key, client, desk, {
      appVersion: options.appVersion,
      socket: options.socket,
      random: options.random ?? Math.random,
      screen: () => terminalOf().state.screen,
      frame: (frame) => {
        terminalOf().receive(frame);
      },
      changed: (change) => {
        terminalOf().change(change);
      },
      nextSequence: () => terminalOf().nextConnectSequence(),
      renewed: (token) => terminalOf().keepToken(token),
    });
    const terminal = new Terminal(options, clock, client, saved, desk, connector);
    late.terminal = terminal;
    await terminal.boot();
    return terminal;
  }

  get state(): TerminalState {
    return this.current;
  }

  /** Calls `listener` with every new state; gives the function that ends it. */
  subscribe(listener: (state: TerminalState) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** First set-up: says who this is; the missing steps are in the state. */
  async register(): Promise<void> {
    const { serialNumber, model, appVersion } = this.options;
    const { missing } = await this.client.register({ serialNumber, model, appVersion });
    await this.keepMissing(missing);
  }

  async checkNetwork(): Promise<void> {
    const { serverTime, missing } = await this.client.checkNetwork();
    this.clock.hear(serverTime);
    await this.keepMissing(missing);
  }

  async installApp(): Promise<void> {
    await this.keepMissing(await this.client.installApp(this.options.appVersion));
  }

  /** By an administrator or a manager of the account. */
  async bindToAccount(login: { email: string; password: string }): Promise<void> {
    const { missing, account } = await this.client.bind(login);
    await this.keepMissing(missing);
    this.change({ accountName: account.name });
  }

  /** Every step of the first set-up, one after another. */
  async setUp(login: { email: string; password: string }): Promise<void> {
    await this.register();
    await this.checkNetwork();
    await this.installApp();
    await this.bindToAccount(login);
  }

  /** Rejects with PlatformRefusal. In API mode the terminal then registers and connects by itself. */
  async logIn(credentials: Credentials): Promise<void> {
    try {
      const session = await this.client.logIn(credentials);
      this.connector.stop(closeCodes.normal);
      await this.save({ missingSteps: [], session, connectSequence: 0 });
    } catch (error) {
      const missing: unknown = error instanceof PlatformRefusal ? error.details.missing : undefined;
      if (Array.isArray(missing)) await this.keepMissing(missing as Saved['missingSteps']);
      throw error;
    }
    this.takeUpSession();
  }

  /** Ends the session; the code is kept by the platform. */
  async logOut(): Promise<void> {
    const { session } = this.saved;
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
    this.desk.close();
    this.connector.stop(closeCodes.goingAway);
  }

  private async boot(): Promise<void> {
    await this.desk.boot();
    this.ticking = setInterval(() => void this.desk.take({ type: 'tick' }), tickMs);
    this.change({ started: true, missingSteps: this.saved.missingSteps });
    if (this.saved.session) this.takeUpSession();
  }

  private takeUpSession(): void {
    const { session } = this.saved;
    if (!session) return;
    const { mode, account, user } = session;
    const opened = { session: 'open', mode, missingSteps: [], stopped: null, code: null, listening: false } as const;
    this.change({ ...opened, accountName: account.name, userName: user.name, outcome: null });
    if (mode === 'api') void this.registerAndConnect(session.session.id);
  }

  private async registerAndConnect(sessionId: string): Promise<void> {
    while (this.saved.session?.session.id === sessionId && this.ticking !== undefined) {
      try {
        const code = await this.connector.registration(this.saved.session, registrationWaitSeconds);
        if (code === null) continue;
        this.change({ code });
        this.connector.start(this.saved.session);
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

  private receive(frame: PlatformFrame): void {
    if ('serverTime' in frame) this.clock.hear(frame.serverTime);
    switch (frame.type) {
      case 'ready':
        void this.desk.take({ type: 'connected' });
        break;
      case 'settings': {
        const { mode, code, continued, listening, accountName } = frame;
        this.change({ mode, code, continued, listening, accountName });
        break;
      }
      case 'ping':
        this.change({ ping: { pingId: frame.pingId, message: frame.message } });
        this.connector.send({ type: 'ping.shown', pingId: frame.pingId });
        break;
      case 'session.end':
        void this.endSession();
        break;
      case 'payment.request':
        void this.desk.take({ type: 'request', frame, clockIsFresh: this.clock.isFresh });
        break;
      case 'payment.proceed':
        void this.desk.take({ type: 'proceed', frame });
        break;
      case 'payment.withdraw':
      case 'payment.stop':
        void this.desk.take({ type: 'withdraw', paymentId: frame.paymentId });
        break;
      case 'payment.settled':
        void this.desk.take({ type: 'settled', paymentId: frame.paymentId });
        break;
      default:
        break;
    }
  }

  /** Puts the open payment on the screen, and for a moment the last outcome. */
  private showPayment(): void {
    const { open, unsettled } = this.desk;
    const payment = open?.onScreen ? open.request : null;
    const processing = open?.stage === 'started' || (open?.waitingUntil ?? null) !== null;
    const done = unsettled.find((held) => held.result !== null);
    if (done?.result && done.paymentId !== this.facts.outcome?.paymentId) {
      this.change({ payment, processing, outcome: { paymentId: done.paymentId, result: done.result } });
      setTimeout(() => {
        if (this.facts.outcome?.paymentId === done.paymentId) this.change({ outcome: null });
      }, outcomeShownMs);
    } else this.change({ payment, processing });
  }

  private async endSession(): Promise<void> {
    this.connector.stop(closeCodes.normal);
    await this.save({ session: null, connectSequence: 0 });
    this.change({ session: 'ended', mode: null, code: null, listening: false, connected: false, userName: null });
  }

  private async nextConnectSequence(): Promise<number> {
    await this.save({ connectSequence: this.saved.connectSequence + 1 });
    return this.saved.connectSequence;
  }

  private async keepToken(token: string | null): Promise<void> {
    const { session } = this.saved;
    if (token === null) await this.endSession();
    else if (session) await this.save({ session: { ...session, sessionToken: token } });
  }

  private async keepMissing(missingSteps: Saved['missingSteps']): Promise<void> {
    await this.save({ missingSteps });
    this.change({ missingSteps });
  }

  private async save(change: Partial<Saved>): Promise<void> {
    this.saved = { ...this.saved, ...change };
    await this.options.store.save(this.saved);
  }

  private change(change: Partial<Facts>): void {
    this.facts = { ...this.facts, ...change };
    this.current = { ...this.facts, screen: screenOf(this.facts) };
    for (const listener of this.listeners) listener(this.current);
  }
}

const blank: Omit<Facts, 'serialNumber'> = {
  started: false,
  session: 'none',
  stopped: null,
  processing: false,
  missingSteps: [],
  mode: null,
  accountName: null,
  userName: null,
  code: null,
  continued: false,
  listening: false,
  connected: false,
  nextAttemptAt: null,
  ping: null,
  payment: null,
  outcome: null,
};
