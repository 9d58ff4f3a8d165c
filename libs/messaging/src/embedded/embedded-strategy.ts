import { Injectable } from '@nestjs/common';
import { type CustomTransportStrategy, Server } from '@nestjs/microservices';
import { DataSource, type QueryRunner } from 'typeorm';
import { subscriptionsOf } from '../subscriptions.js';
import { EmbeddedBus } from './embedded-bus.js';

/** Any fixed number: one embedded process per database. */
const lock = 7_455_430;

/** Hands the reactions that Nest found to the in-process bus. */
@Injectable()
export class EmbeddedStrategy extends Server implements CustomTransportStrategy {
  override readonly propagatesEventHandlerErrors = true;
  private lockHolder: QueryRunner | undefined;

  constructor(
    private readonly bus: EmbeddedBus,
    private readonly dataSource: DataSource,
  ) {
    super();
  }

  async listen(done: (error?: unknown) => void): Promise<void> {
    try {
      await this.beTheOnlyOne();
      this.bus.subscribe(subscriptionsOf(this.messageHandlers));
      done();
    } catch (error) {
      done(error);
    }
  }

  async close(): Promise<void> {
    await this.lockHolder?.release();
  }

  override on(): void {
    return;
  }

  override unwrap(): never {
    throw new Error('there is no server behind the in-process events');
  }

  /** In-process events reach one process only: a second one would lose what the first one says. */
  private async beTheOnlyOne(): Promise<void> {
    this.lockHolder = this.dataSource.createQueryRunner();
    const [row] = (await this.lockHolder.query('SELECT pg_try_advisory_lock($1) AS mine', [lock])) as {
      mine: boolean;
    }[];
    if (!row?.mine) {
      throw new Error('Another platform process uses this database without a broker. To run several, set BROKER_URL.');
    }
  }
}
