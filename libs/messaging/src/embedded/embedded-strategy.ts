import { Injectable } from '@nestjs/common';
import { type CustomTransportStrategy, Server } from '@nestjs/microservices';
import { DeadLetterRetries } from '../dead-letters/dead-letter-retries.js';
import type { Road } from '../messaging-health.js';
import { subscriptionsOf } from '../subscriptions.js';
import { EmbeddedBus } from './embedded-bus.js';
import { OnlyProcess } from './only-process.js';

/** Hands the reactions that Nest found to the in-process bus. */
@Injectable()
export class EmbeddedStrategy extends Server implements CustomTransportStrategy, Road {
  /** This strategy waits for a handler's stream and sees its error; Nest need not log it. */
  override readonly propagatesEventHandlerErrors = true;
  readonly isConnected = true;

  constructor(
    private readonly bus: EmbeddedBus,
    private readonly onlyProcess: OnlyProcess,
    private readonly retries: DeadLetterRetries,
  ) {
    super();
  }

  listen(done: (error?: unknown) => void): void {
    this.start().then(() => {
      done();
    }, done);
  }

  async close(): Promise<void> {
    await this.retries.stop();
    await this.bus.unsubscribe();
    await this.onlyProcess.end();
  }

  override on(): void {
    return;
  }

  override unwrap(): never {
    throw new Error('there is no server behind the in-process events');
  }

  private async start(): Promise<void> {
    await this.onlyProcess.begin();
    const subscriptions = subscriptionsOf(this.messageHandlers);
    this.bus.subscribe(subscriptions);
    this.retries.start(subscriptions);
  }
}
