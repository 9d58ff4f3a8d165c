import { Logger } from '@nestjs/common';
import { type Channel, type ChannelModel, connect, type RecoveringChannelModel } from 'amqplib';
import { within } from '../inbox/back-off.js';

/** What a part of the library does at each connect; it opens its own channels and gives each to `guard`. */
export type SetUp = (model: ChannelModel) => Promise<void>;

const handshakeMs = 5_000;
const heartbeatSeconds = 10;
const recovery = { initialDelay: 200, maxDelay: 5_000, factor: 2, jitter: 0.3, maxRetries: Infinity } as const;
const closeWithinMs = 2_000;
const answerWithinMs = 2_000;

/** One connection that comes back by itself, and lets every part declare again what it needs. */
export class BrokerLink {
  private readonly logger: Logger;
  private readonly setUps: SetUp[] = [];
  private readonly reconnectListeners: (() => void)[] = [];
  private recovering: RecoveringChannelModel | undefined;
  private model: ChannelModel | undefined;
  private blocked = false;
  private wasConnected = false;
  private closing = false;

  constructor(
    name: string,
    private readonly url: string,
  ) {
    this.logger = new Logger(`broker ${name}`);
  }

  get isConnected(): boolean {
    return this.model !== undefined;
  }

  /** The broker reads nothing from us while its memory or disk is short. */
  get isBlocked(): boolean {
    return this.blocked;
  }

  /** Starts to connect and does not wait: a process without its broker says so in its health, and goes on trying. */
  async start(): Promise<void> {
    this.recovering = await connect(this.url, {
      timeout: handshakeMs,
      noDelay: true,
      recovery: { ...recovery, waitForConnect: false, setup: (model: ChannelModel) => this.connected(model) },
    });
    this.recovering.on('error', () => undefined);
    this.recovering.on('blocked', (reason) => {
      this.blocked = true;
      this.logger.warn(`the broker takes nothing: ${reason}`);
    });
    this.recovering.on('unblocked', () => (this.blocked = false));
    this.recovering.on('disconnect', (error) => {
      this.model = undefined;
      if (!this.closing) this.logger.warn(`connection lost, trying again: ${error.message}`);
    });
    this.recovering.on('connect-failed', (error) => {
      this.logger.warn(`not connected, trying again: ${error.message}`);
    });
  }

  async close(): Promise<void> {
    this.closing = true;
    this.model = undefined;
    if (!this.recovering) return;
    await within(closeWithinMs, this.recovering.close(), 'too late').catch(() => undefined);
  }

  /** Runs now, if connected, and at every connect. */
  async onConnect(setUp: SetUp): Promise<void> {
    this.setUps.push(setUp);
    if (this.model) await setUp(this.model);
  }

  /** Called after each connect that follows a lost one. */
  onReconnect(listener: () => void): void {
    this.reconnectListeners.push(listener);
  }

  /** A channel that the broker closes takes the whole connection with it: then one way, the reconnect, sets up everything. */
  guard<Opened extends Channel>(channel: Opened, model: ChannelModel): Opened {
    channel.on('error', (error) => {
      this.logger.warn(`the broker closed a channel: ${error.message}`);
    });
    channel.on('close', () => {
      this.reconnect(model);
    });
    return channel;
  }

  /** Ends this connection, if it is still the one; the next one follows by itself. */
  reconnect(model: ChannelModel): void {
    if (!this.closing) model.close().catch(() => undefined);
  }

  /** Messages in each of these queues; rejects when not connected or one is missing. */
  async lengthsOf(queues: readonly string[]): Promise<number[]> {
    if (!this.model) throw new Error('not connected to the broker');
    // A channel of its own, for a missing queue closes it.
    const channel = await this.model.createChannel();
    channel.on('error', () => undefined);
    const replies = await within(
      answerWithinMs,
      Promise.all(queues.map((queue) => channel.checkQueue(queue))),
      'too late',
    );
    await channel.close();
    return replies.map(({ messageCount }) => messageCount);
  }

  private async connected(model: ChannelModel): Promise<void> {
    model.on('error', () => undefined);
    this.blocked = false;
    for (const setUp of this.setUps) await setUp(model);
    this.model = model;
    this.logger.log('connected');
    if (this.wasConnected) for (const listener of this.reconnectListeners) listener();
    this.wasConnected = true;
  }
}

/** Rejects what amqplib would only find out later, and asks for the heartbeat that finds a dead peer. */
export function brokerUrl(text: string | null): string {
  if (text === null || !URL.canParse(text) || !/^amqps?:$/.test(new URL(text).protocol)) {
    throw new Error('BROKER_URL must be like amqp://user:password@host:5672');
  }
  const url = new URL(text);
  url.searchParams.set('heartbeat', String(heartbeatSeconds));
  return url.href;
}
