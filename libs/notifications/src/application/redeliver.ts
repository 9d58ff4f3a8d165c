import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '#database';
import { Clock, newId } from '#kernel';
import { DeliveryNotFoundError, WebhookDisabledError } from '../domain/notifications.errors.js';
import { Deliveries } from '../infrastructure/deliveries.js';
import { Webhooks } from '../infrastructure/webhooks.js';
import { DeliveryBell } from './delivery-bell.js';

export interface DeliveryRange {
  /** Deliveries made from `from` to before `to`; null: up to now. */
  readonly from: Date;
  readonly to: Date | null;
  readonly state: 'failed' | 'delivered' | null;
}

/** Sends again what an endpoint missed, under the same message ids, and sends a test. */
@Injectable()
export class Redeliver {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly webhooks: Webhooks,
    private readonly deliveries: Deliveries,
    private readonly bell: DeliveryBell,
    private readonly clock: Clock,
  ) {}

  /** Rejects with `webhook_not_found`, `webhook_disabled`, `delivery_not_found`. */
  async one(accountId: string, webhookId: string, deliveryId: number): Promise<void> {
    await this.atEnabled(accountId, webhookId, async (tx, now) => {
      const wanted = { accountId, webhookId, ids: [deliveryId] };
      if ((await this.deliveries.renew(tx, wanted, now)) === 0) throw new DeliveryNotFoundError();
    });
  }

  /** Gives how many are sent again. Rejects with `webhook_not_found`, `webhook_disabled`. */
  async range(accountId: string, webhookId: string, range: DeliveryRange): Promise<number> {
    return this.atEnabled(accountId, webhookId, (tx, now) =>
      this.deliveries.renew(tx, { accountId, webhookId, range }, now),
    );
  }

  /** Gives the delivery's id. Rejects with `webhook_not_found`, `webhook_disabled`. */
  async test(accountId: string, webhookId: string): Promise<number> {
    return this.atEnabled(accountId, webhookId, (tx, now) => {
      const id = newId();
      const event = { id, type: 'webhook.test', occurredAt: now.toISOString(), data: { webhookId } };
      const message = { messageId: `msg_${id.replaceAll('-', '')}`, type: event.type, body: JSON.stringify(event) };
      return this.deliveries.addFor(tx, { accountId, id: webhookId }, message, now);
    });
  }

  private atEnabled<Result>(
    accountId: string,
    webhookId: string,
    work: (tx: Tx, now: Date) => Promise<Result>,
  ): Promise<Result> {
    return this.unitOfWork.run(async (tx) => {
      const { enabled } = await this.webhooks.get(tx, accountId, webhookId);
      if (!enabled) throw new WebhookDisabledError();
      tx.afterCommit(() => {
        this.bell.ring();
      });
      return work(tx, this.clock.now());
    });
  }
}
