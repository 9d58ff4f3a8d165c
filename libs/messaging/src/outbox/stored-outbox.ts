import { Injectable } from '@nestjs/common';
import type { DomainEvent } from '#contracts';
import type { Tx } from '#database';
import { Outbox } from '../ports.js';
import { insertEvents } from './insert-events.js';

/** For a short-lived tool beside a running platform: it only stores, and the platform's sweeper publishes. */
@Injectable()
export class StoredOutbox extends Outbox {
  override async append(tx: Tx, events: readonly DomainEvent[]): Promise<void> {
    await insertEvents(tx, events);
  }
}
