import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';
import { Clock } from '#kernel';
import { WakeUps } from '#messaging';
import { Deliveries } from '../infrastructure/deliveries.js';
import { EventLog, type LogEntry } from '../infrastructure/event-log.js';
import { inEnvelope, webhookOf } from '../public-event.js';
import { DeliveryBell } from './delivery-bell.js';

/** Puts entries into an account's log, with a delivery for each endpoint that wants them, all in one commit. */
@Injectable()
export class AppendEvents {
  constructor(
    private readonly log: EventLog,
    private readonly deliveries: Deliveries,
    private readonly wakeUps: WakeUps,
    private readonly bell: DeliveryBell,
    private readonly clock: Clock,
  ) {}

  async execute(tx: Tx, accountId: string, entries: readonly LogEntry[]): Promise<void> {
    if (entries.length === 0) return;
    const now = this.clock.now();
    const logged = await this.log.append(tx, accountId, entries, now);
    const count = await this.deliveries.fanOut(
      tx,
      accountId,
      logged.map((event) => webhookOf(inEnvelope(event))),
      now,
    );
    tx.afterCommit(() => {
      this.wakeUps.signal(`events:${accountId}`);
      if (count > 0) this.bell.ring();
    });
  }
}
