import { Injectable, Logger } from '@nestjs/common';
import type { DataOf, DomainEvent, EventContract } from '#contracts';
import { Clock } from '#kernel';
import { EventPublisher } from '#messaging/broker';
import type { Connection } from '../domain/connection.js';
import { UnavailableError } from '../domain/device-gateway.errors.js';
import { eventFor, reportOf, type ReportedFrame } from './published-events.js';

/** Tells the other contexts; done when the broker has it. All reject with `unavailable`. */
@Injectable()
export class Reports {
  private readonly logger = new Logger('device gateway');

  constructor(
    private readonly publisher: EventPublisher,
    private readonly clock: Clock,
  ) {}

  onReconnect(listener: () => void): void {
    this.publisher.onReconnect(listener);
  }

  async frame(frame: ReportedFrame, connection: Connection): Promise<void> {
    await this.publish(eventFor(frame, connection, this.clock.now()));
  }

  async ofConnection<Contract extends EventContract>(
    contract: Contract,
    connection: Connection,
    data: DataOf<Contract>,
  ): Promise<void> {
    const { accountId, connectionId: correlationId } = connection;
    await this.publish(reportOf(contract, data, { accountId, correlationId, occurredAt: this.clock.now() }));
  }

  async ofNode<Contract extends EventContract>(contract: Contract, data: DataOf<Contract>): Promise<void> {
    await this.publish(
      reportOf(contract, data, { accountId: null, correlationId: null, occurredAt: this.clock.now() }),
    );
  }

  private async publish(event: DomainEvent): Promise<void> {
    try {
      await this.publisher.publish(event);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.logger.warn(`${event.name} could not be reported: ${reason}`);
      throw new UnavailableError();
    }
  }
}
