import { Socket } from 'node:net';
import { Logger } from '@nestjs/common';
import { type Channel, type ChannelModel, connect } from 'amqplib';
import { backOff, pause, within } from '../inbox/back-off.js';

/** What a part of the library does at each connect; it opens its own channels and gives each to `guard`. */
export type SetUp = (model: ChannelModel) => Promise<void>;

const handshakeMs = 5_000;
/** A quorum queue that looks for its leader can leave a request unanswered for ever, and the close of its channel too. */
const setUpWithinMs = 10_000;
const closeWithinMs = 2_000;

interface Current {
  readonly model: ChannelModel;
  readonly end: (reason: string) => void;
}

/**
 * One connection that comes back by itself, and lets every part declare again what it needs. amqplib's own recovery is not used:
 * it waits without a limit for a close that a dead broker never confirms.
 */
export class BrokerLink {
  private readonly logger: Logger;
  private readonly setUps: SetUp[] = [];
  private readonly reconnectListeners: (() => void)[] = [];
  private readonly stop = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private current: Current | undefined;
  private ready = false;
  private blocked = false;
  private wasReady = false;

  constructor(
    name: string,
    private readonly url: string,
  ) {
    this.logger = new Logger(`broker ${name}`);
  }

  get isConnected(): boolean {
    return this.ready;
  }

  /** The broker reads nothing from us while its memory or disk is short. */
  get isBlocked(): boolean {
    return this.blocked;
  }

  /** Starts to connect and does not wait: a process without its broker says so in its health, and goes on trying. */
  start(): void {
    this.running = this.keepConnected();
  }

  async close(): Promise<void> {
    this.stop.abort();
    this.current?.end('this process stops');
    await this.running;
  }

  /** Runs now, if connected, and at every connect. */
  async onConnect(setUp: SetUp): Promise<void> {
    this.setUps.push(setUp);
    if (this.ready && this.current) await setUp(this.current.model);
  }

  /** Called after each connect that follows a lost one. */
  onReconnect(listener: () => void): void {
    this.reconnectListeners.push(listener);
  }

  /** A channel that the broker closes takes the whole connection with it: then one way, the reconnect, sets up everything. */
  guard<Opened extends Channel>(channel: Opened, model: ChannelModel): Opened {
    let reason = 'a channel was closed';
    channel.on('error', (error) => (reason = error.message));
    channel.on('close', () => {
      this.reconnect(model, reason);
    });
    return channel;
  }

  /** Ends this connection, if it is still the one; the next one follows by itself. */
  reconnect(model: ChannelModel, reason: string): void {
    if (this.current?.model === model) this.current.end(reason);
  }

  private async keepConnected(): Promise<void> {
    const { signal } = this.stop;
    for (let attempt = 0; !stopped(signal); attempt += 1) {
      const reason = await this.connectOnce();
      if (this.ready) attempt = 0;
      this.ready = false;
      if (stopped(signal)) return;
      this.logger.warn(`not connected, trying again: ${reason}`);
      await pause(backOff(attempt), signal);
    }
  }

  /** Resolves when the connection is over, with the reason. */
  private async connectOnce(): Promise<string> {
    try {
      const model = await connect(this.url, { timeout: handshakeMs, noDelay: true });
      return await this.use(model).finally(() => end(model));
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  private async use(model: ChannelModel): Promise<string> {
    // It may have been told to stop while it connected.
    if (stopped(this.stop.signal)) return 'this process stops';
    const over = new Promise<string>((resolve) => {
      this.current = { model, end: resolve };
      model.on('error', (error) => {
        resolve(error.message);
      });
      model.on('close', () => {
        resolve('the broker closed it');
      });
    });
    model.on('blocked', () => (this.blocked = true));
    model.on('unblocked', () => (this.blocked = false));
    this.blocked = false;
    try {
      const setUp = within(setUpWithinMs, this.setUp(model), 'the broker leaves a declaration unanswered');
      return (await Promise.race([setUp, over])) ?? (await over);
    } finally {
      this.current = undefined;
    }
  }

  /** Becomes ready in the same step that finds nothing more to set up: what comes later is set up by `onConnect`. */
  private async setUp(model: ChannelModel): Promise<undefined> {
    for (const setUp of this.setUps) await setUp(model);
    if (this.current?.model === model) this.becomeReady();
  }

  private becomeReady(): void {
    this.ready = true;
    this.logger.log('connected');
    if (this.wasReady) for (const listener of this.reconnectListeners) listener();
    this.wasReady = true;
  }
}

/** Its answer changes while somebody waits, which a type checker does not see in the property itself. */
const stopped = (signal: AbortSignal): boolean => signal.aborted;

/** Politely, and then in any case. */
async function end(model: ChannelModel): Promise<void> {
  await within(closeWithinMs, model.close(), 'too late').catch(() => undefined);
  const { stream } = model.connection as { readonly stream?: unknown };
  if (stream instanceof Socket) stream.destroy();
}
