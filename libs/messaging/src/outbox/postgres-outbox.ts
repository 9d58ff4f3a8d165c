import type { DomainEvent } from '#contracts';
import type { Tx } from '#database';
import { Injectable } from '@nestjs/common';
import { Outbox } from '../ports.js';
import { OutboxRelay } from './outbox-relay.js';

@Injectable()
export class PostgresOutbox extends Outbox {
  constructor(private readonly relay: OutboxRelay) {
    super();
  }

  override async append(tx: Tx, events: readonly DomainEvent[]): Promise<void> {
    if (events.length === 0) return;
    await tx.manager.query(
      `INSERT INTO messaging.outbox (id, name, event)
       SELECT (event ->> 'id')::uuid, event ->> 'name', event FROM jsonb_array_elements($1::jsonb) AS event`,
      [JSON.stringify(events)],
    );
    tx.afterCommit(() => {
      this.relay.publish(events);
    });
  }
}
