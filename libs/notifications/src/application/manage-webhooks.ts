import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '#database';
import { type DataOf, eventOf, WebhookManaged } from '#contracts';
import { Clock, type DoneBy, InvalidFieldError, newId } from '#kernel';
import { Outbox } from '#messaging';
import { TooManyWebhooksError } from '../domain/notifications.errors.js';
import { rotationMs, type Webhook, webhooksAtMost } from '../domain/webhook.js';
import { type WebhookChange, Webhooks } from '../infrastructure/webhooks.js';
import { compatibleTypes, type PublicEventType } from '../public-event.js';
import { WebhookSender } from './ports.js';

export interface NewWebhook {
  readonly url: string;
  readonly description?: string | undefined;
  readonly types?: readonly PublicEventType[] | undefined;
}

interface Managed {
  readonly accountId: string;
  readonly by: DoneBy;
}

type Change = DataOf<typeof WebhookManaged>['change'];

const newSecret = (): string => randomBytes(32).toString('base64');

/** The endpoints of an account: made, changed, removed, given a new secret. */
@Injectable()
export class ManageWebhooks {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly webhooks: Webhooks,
    private readonly sender: WebhookSender,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** `secret` is plain base64 and shown this once. Rejects with `invalid_field` and `too_many_webhooks`. */
  async create(
    { accountId, by }: Managed,
    asked: NewWebhook,
  ): Promise<{ readonly webhook: Webhook; readonly secret: string }> {
    this.requireAllowed(asked.url);
    const { url, description = '', types = compatibleTypes } = asked;
    const state = { enabled: true, disabledReason: null, failingSince: null };
    const webhook = { id: newId(), accountId, url, description, types, ...state, createdAt: this.clock.now() };
    const secret = newSecret();
    await this.unitOfWork.run(async (tx: Tx) => {
      if ((await this.webhooks.count(tx, accountId)) >= webhooksAtMost) throw new TooManyWebhooksError();
      await this.webhooks.add(tx, webhook, secret);
      await this.say(tx, 'created', webhook, by);
    });
    return { webhook, secret };
  }

  /** Rejects with `invalid_field` and `webhook_not_found`. */
  async change({ accountId, by }: Managed, id: string, change: WebhookChange): Promise<Webhook> {
    if (change.url !== undefined) this.requireAllowed(change.url);
    return this.unitOfWork.run(async (tx) => {
      const webhook = await this.webhooks.change(tx, accountId, id, change);
      if (Object.keys(change).length > 0) await this.say(tx, 'changed', webhook, by);
      return webhook;
    });
  }

  /** With its deliveries. Rejects with `webhook_not_found`. */
  async remove({ accountId, by }: Managed, id: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const webhook = await this.webhooks.get(tx, accountId, id);
      await this.webhooks.remove(tx, accountId, id);
      await this.say(tx, 'removed', webhook, by);
    });
  }

  /** Both the old and the new secret sign until `previousUntil`. Rejects with `webhook_not_found`. */
  async rotateSecret(
    { accountId, by }: Managed,
    id: string,
  ): Promise<{ readonly secret: string; readonly previousUntil: Date }> {
    const secret = newSecret();
    const previousUntil = new Date(this.clock.now().getTime() + rotationMs);
    await this.unitOfWork.run(async (tx) => {
      const webhook = await this.webhooks.get(tx, accountId, id);
      await this.webhooks.rotate(tx, accountId, id, secret, previousUntil);
      await this.say(tx, 'secret_rotated', webhook, by);
    });
    return { secret, previousUntil };
  }

  private async say(tx: Tx, change: Change, { accountId, id: webhookId, url }: Webhook, by: DoneBy): Promise<void> {
    const data = { accountId, webhookId, change, host: new URL(url).host, by };
    const about = { aggregateId: null, sequence: null, accountId };
    await this.outbox.append(tx, [
      eventOf(WebhookManaged, { id: newId(), occurredAt: this.clock.now(), ...about, data }),
    ]);
  }

  private requireAllowed(url: string): void {
    const problem = this.sender.problemOf(url);
    if (problem !== null) throw new InvalidFieldError('url', problem);
  }
}
