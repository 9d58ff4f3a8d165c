import { Injectable } from '@nestjs/common';
import { isId } from '#kernel';
import { DataSource } from 'typeorm';
import { WebhookNotFoundError } from '../domain/notifications.errors.js';

export interface WebhookView {
  readonly id: string;
  readonly url: string;
  readonly description: string;
  readonly types: readonly string[];
  readonly enabled: boolean;
  readonly disabledReason: string | null;
  readonly failingSince: Date | null;
  readonly createdAt: Date;
}

export interface DeliveryView {
  readonly id: number;
  readonly messageId: string;
  readonly type: string;
  readonly state: 'pending' | 'delivered' | 'failed';
  readonly body: string;
  readonly createdAt: Date;
  /** The next try; null when there is none. */
  readonly dueAt: Date | null;
  readonly attempts: readonly AttemptView[];
}

/** A delivery with its endpoint. */
export interface DeliveryAbout extends DeliveryView {
  readonly webhookId: string;
  readonly url: string;
}

export interface AttemptView {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly status: number | null;
  readonly problem: string | null;
  /** How the body of the answer begins. */
  readonly body: string | null;
  readonly tookMs: number;
}

export interface DeliveriesWanted {
  readonly accountId: string;
  readonly webhookId: string;
  readonly state: string | null;
  /** Older than this one; null: from the newest on. */
  readonly before: number | null;
  readonly limit: number;
}

/** Endpoints and what was sent to them. */
@Injectable()
export class WebhookList {
  constructor(private readonly dataSource: DataSource) {}

  all(accountId: string): Promise<WebhookView[]> {
    return this.dataSource.query(`${select} WHERE account_id = $1 ORDER BY created_at, id`, [accountId]);
  }

  /** Rejects with `webhook_not_found`: malformed, unknown and foreign ids get the same answer. */
  async get(accountId: string, id: string): Promise<WebhookView> {
    const [found]: WebhookView[] = isId(id)
      ? await this.dataSource.query(`${select} WHERE account_id = $1 AND id = $2`, [accountId, id])
      : [];
    if (!found) throw new WebhookNotFoundError();
    return found;
  }

  /** What was sent to any endpoint about one thing, such as a payment; the oldest first, at most 200. */
  deliveriesAbout(accountId: string, aggregateId: string): Promise<DeliveryAbout[]> {
    return this.dataSource.query(deliveriesAbout, [accountId, aggregateId]);
  }

  /** The newest first. */
  deliveries({ accountId, webhookId, state, before, limit }: DeliveriesWanted): Promise<DeliveryView[]> {
    return this.dataSource.query(deliveries, [accountId, webhookId, state, before, limit]);
  }
}

const select = `
  SELECT id, url, description, types, enabled, disabled_reason AS "disabledReason", failing_since AS "failingSince",
         created_at AS "createdAt" FROM notifications.webhook`;

const ofDelivery = `
  SELECT delivery.id, message_id AS "messageId", delivery.type, state, body, delivery.created_at AS "createdAt",
         CASE WHEN state = 'pending' THEN due_at END AS "dueAt",
         coalesce((SELECT json_agg(json_build_object('at', to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                                                     'status', status, 'problem', problem, 'body', answer, 'tookMs', took_ms) ORDER BY attempt.id)
                     FROM notifications.delivery_attempt AS attempt WHERE attempt.delivery_id = delivery.id), '[]') AS attempts`;

const deliveries = `${ofDelivery}
    FROM notifications.delivery
   WHERE account_id = $1 AND webhook_id = $2 AND ($3::text IS NULL OR state = $3) AND ($4::bigint IS NULL OR id < $4)
   ORDER BY id DESC LIMIT $5`;

const deliveriesAbout = `${ofDelivery}, webhook_id AS "webhookId", url
    FROM notifications.event
    JOIN notifications.delivery ON delivery.account_id = event.account_id
                               AND delivery.message_id = 'msg_' || replace(event.id::text, '-', '')
    JOIN notifications.webhook ON webhook.id = delivery.webhook_id
   WHERE event.account_id = $1 AND event.aggregate_id = $2
   ORDER BY delivery.id LIMIT 200`;
