import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '#database';
import { Clock } from '#kernel';
import { nextTry, patienceMs } from '../domain/retry-plan.js';
import type { DisabledReason, Webhook } from '../domain/webhook.js';
import { Deliveries, type Delivery } from '../infrastructure/deliveries.js';
import { Webhooks } from '../infrastructure/webhooks.js';
import { AppendEvents } from './append-events.js';
import type { WebhookAnswer } from './ports.js';

const gone = 410;

/** Writes down what an endpoint answered, and decides when to try again and when to stop. */
@Injectable()
export class NoteAnswer {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly deliveries: Deliveries,
    private readonly webhooks: Webhooks,
    private readonly appendEvents: AppendEvents,
    private readonly clock: Clock,
  ) {}

  async execute(delivery: Delivery, answer: WebhookAnswer): Promise<void> {
    const at = this.clock.now();
    if (answer.status !== null && answer.status >= 200 && answer.status < 300) {
      await this.deliveries.noteDelivered(delivery, answer, at);
    } else {
      await this.unitOfWork.run((tx) => this.noteFailed(tx, delivery, answer, at));
    }
  }

  private async noteFailed(tx: Tx, delivery: Delivery, answer: WebhookAnswer, at: Date): Promise<void> {
    const webhook = await this.webhooks.get(tx, delivery.accountId, delivery.webhookId);
    await this.deliveries.noteAttempt(tx, delivery, answer, at);
    const { tries, since, triedAt } = delivery;
    await this.webhooks.noteFailure(tx, webhook, triedAt);
    const next = nextTry({ tries, since, at, askedMs: answer.askedMs, random: Math.random() });
    if (next === null || answer.status === gone) await this.deliveries.giveUp(tx, delivery, at);
    else await this.deliveries.tryAgain(tx, delivery, next);
    const { failingSince } = webhook;
    if (answer.status === gone) await this.disable(tx, webhook, 'gone', at);
    else if (failingSince && triedAt.getTime() - failingSince.getTime() >= patienceMs)
      await this.disable(tx, webhook, 'failing', at);
  }

  private async disable(tx: Tx, webhook: Webhook, reason: DisabledReason, at: Date): Promise<void> {
    if (!webhook.enabled) return;
    await this.webhooks.disable(tx, webhook, reason);
    const data = { webhookId: webhook.id, url: webhook.url, reason };
    await this.appendEvents.execute(tx, webhook.accountId, [
      { type: 'webhook.disabled', data, occurredAt: at, aggregateId: webhook.id },
    ]);
  }
}
