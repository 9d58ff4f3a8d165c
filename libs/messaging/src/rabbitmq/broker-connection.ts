import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { type Channel, type ChannelModel, connect, type RecoveringChannelModel } from 'amqplib';
import { MessagingSettings } from '../messaging-settings.js';

/** What a part of the library does at each connect; it opens its own channels with `open`. */
export type Setup = (model: ChannelModel) => Promise<void>;

const heartbeatSeconds = 10;
const recovery = { initialDelay: 200, maxDelay: 5_000, factor: 2, jitter: 0.3, maxRetries: Infinity } as const;
const closeWithinMs = 2_000;
const setUpAgainAfterMs = 500;

/** The one connection to the broker of this process: it comes back by itself and lets every part declare its topology again. */
@Injectable()
export class BrokerConnection implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger('broker');
  private readonly setups: Setup[] = [];
  private readonly reconnectListeners: (() => void)[] = [];
  private recovering: RecoveringChannelModel | undefined;
  private model: ChannelModel | undefined;
  private wasConnected = false;
  private closing = false;

  constructor(private readonly settings: MessagingSettings) {}

  get isConnected(): boolean {
    return this.model !== undefined;
  }

  /** Starts to connect and does not wait: a platform without its broker says so in its health, and goes on trying. */
  async onModuleInit(): Promise<void> {
    const url = new URL(this.settings.brokerUrl ?? '');
    url.searchParams.set('heartbeat', String(heartbeatSeconds));
    this.recovering = await connect(url.href, {
      timeout: 5_000,
      recovery: { ...recovery, waitForConnect: false, setup: (model: ChannelModel) => this.connected(model) },
    });
    this.recovering.on('error', () => undefined);
    this.recovering.on('disconnect', () => {
      this.model = undefined;
      if (!this.closing) this.logger.warn('the connection to the broker is lost; trying again');
    });
    this.recovering.on('connect-failed', (error: Error) => {
      this.logger.warn(`the broker cannot be reached: ${error.message}`);
    });
  }

  async onApplicationShutdown(): Promise<void> {
    this.closing = true;
    const close = this.recovering?.close().catch(() => undefined);
    await Promise.race([close, new Promise((resolve) => setTimeout(resolve, closeWithinMs).unref())]);
  }

  /** Runs now, if connected, and at every connect. */
  async onConnect(setup: Setup): Promise<void> {
    this.setups.push(setup);
    if (this.model) await setup(this.model);
  }

  onReconnect(listener: () => void): void {
    this.reconnectListeners.push(listener);
  }

  /** A channel that is set up again by `setup` when the broker closes it while the connection stays. */
  guard<Opened extends Channel>(channel: Opened, setup: Setup, model: ChannelModel): Opened {
    channel.on('error', (error: Error) => {
      this.logger.warn(`the broker closed a channel: ${error.message}`);
    });
    channel.on('close', () => {
      setTimeout(() => {
        if (this.model !== model || this.closing) return;
        setup(model).catch((error: unknown) => {
          this.logger.warn(`a channel could not be set up again: ${String(error)}`);
        });
      }, setUpAgainAfterMs).unref();
    });
    return channel;
  }

  private async connected(model: ChannelModel): Promise<void> {
    model.on('error', () => undefined);
    for (const setup of this.setups) await setup(model);
    this.model = model;
    this.logger.log('connected to the broker');
    if (this.wasConnected) for (const listener of this.reconnectListeners) listener();
    this.wasConnected = true;
  }
}
