import type { DomainEvent } from '#contracts';
import type { Tx } from '#database';
import { Injectable } from '@nestjs/common';
import { Outbox } from '../ports.js';
import { insertEvents } from './insert-events.js';
import { OutboxRelay } from './outbox-relay.js';

@Injectable()
export class PostgresOutbox extends Outbox {
  constructor(private readonly relay: OutboxRelay) {
    super();
  }

  override async append(tx: Tx, events: readonly DomainEvent[]): Promise<void> {
    await insertEvents(tx, events);
    tx.afterCommit(() => {
      this.relay.publish(events);
    });
  }
}
