import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '#database';
import { Clock, InvalidFieldError, newId } from '#kernel';
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

const newSecret = (): string => randomBytes(32).toString('base64');

/** The endpoints of an account: made, changed, removed, given a new secret. */
@Injectable()
export class ManageWebhooks {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly webhooks: Webhooks,
    private readonly sender: WebhookSender,
    private readonly clock: Clock,
  ) {}

  /** `secret` is plain base64 and shown this once. Rejects with `invalid_field` and `too_many_webhooks`. */
  async create(accountId: string, asked: NewWebhook): Promise<{ readonly webhook: Webhook; readonly secret: string }> {
    this.requireAllowed(asked.url);
    const { url, description = '', types = compatibleTypes } = asked;
    const state = { enabled: true, disabledReason: null, failingSince: null };
    const webhook = { id: newId(), accountId, url, description, types, ...state, createdAt: this.clock.now() };
    const secret = newSecret();
    await this.unitOfWork.run(async (tx: Tx) => {
      if ((await this.webhooks.count(tx, accountId)) >= webhooksAtMost) throw new TooManyWebhooksError();
      await this.webhooks.add(tx, webhook, secret);
    });
    return { webhook, secret };
  }

  /** Rejects with `invalid_field` and `webhook_not_found`. */
  async change(accountId: string, id: string, change: WebhookChange): Promise<Webhook> {
    if (change.url !== undefined) this.requireAllowed(change.url);
    return this.unitOfWork.run((tx) => this.webhooks.change(tx, accountId, id, change));
  }

  /** With its deliveries. Rejects with `webhook_not_found`. */
  async remove(accountId: string, id: string): Promise<void> {
    await this.unitOfWork.run((tx) => this.webhooks.remove(tx, accountId, id));
  }

  /** Both the old and the new secret sign until `previousUntil`. Rejects with `webhook_not_found`. */
  async rotateSecret(
    accountId: string,
    id: string,
  ): Promise<{ readonly secret: string; readonly previousUntil: Date }> {
    const secret = newSecret();
    const previousUntil = new Date(this.clock.now().getTime() + rotationMs);
    await this.unitOfWork.run((tx) => this.webhooks.rotate(tx, accountId, id, secret, previousUntil));
    return { secret, previousUntil };
  }

  private requireAllowed(url: string): void {
    const problem = this.sender.problemOf(url);
    if (problem !== null) throw new InvalidFieldError('url', problem);
  }
}
