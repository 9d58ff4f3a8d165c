import { DomainError } from '#kernel';
import { webhooksAtMost } from './webhook.js';

/** The cursor lies before what the account keeps. */
export class EventsGoneError extends DomainError {
  constructor(first: number) {
    super('events_gone', 'Events before this cursor are no longer kept; read on from the one named as firstSequence', {
      firstSequence: first,
    });
  }
}

export class WebhookNotFoundError extends DomainError {
  constructor() {
    super('webhook_not_found', 'Webhook Not Found');
  }
}

export class DeliveryNotFoundError extends DomainError {
  constructor() {
    super('delivery_not_found', 'Delivery Not Found');
  }
}

export class TooManyWebhooksError extends DomainError {
  constructor() {
    super('too_many_webhooks', `An account has at most ${webhooksAtMost} webhooks; delete one first`);
  }
}

export class WebhookDisabledError extends DomainError {
  constructor() {
    super('webhook_disabled', 'The webhook is disabled; enable it first');
  }
}
