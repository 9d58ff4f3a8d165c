import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';
import { DataSource } from 'typeorm';
import type { WebhookAnswer } from '../application/ports.js';
import { SecretBox } from './secret-box.js';

/** One message for one endpoint, its body fixed for every try. */
export interface NewDelivery {
  readonly messageId: string;
  readonly type: string;
  readonly body: string;
}

export interface Delivery extends NewDelivery {
  readonly id: number;
  readonly accountId: string;
  readonly webhookId: string;
  readonly url: string;
  /** With the secrets that sign now, the newest first. */
  readonly boxes: readonly Buffer[];
  /** With this one, which began at `triedAt`; the first one began at `since`. */
  readonly tries: number;
  readonly triedAt: Date;
  readonly since: Date;
  /** The endpoint has failed since its last success. */
  readonly failing: boolean;
}

/** Deliveries of one endpoint: these, or those of a time. */
export interface Renewed {
  readonly accountId: string;
  readonly webhookId: string;
  readonly ids?: readonly number[];
  readonly range?: { readonly from: Date; readonly to: Date | null; readonly state: 'failed' | 'delivered' | null };
}

interface LeasedRow extends Omit<Delivery, 'boxes'> {
  readonly secret: Buffer;
  readonly previousSecret: Buffer | null;
}

/** What is to be delivered, and what came of it. */
@Injectable()
export class Deliveries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly box: SecretBox,
  ) {}

  /** For every endpoint of the account that wants the type; gives how many were made. */
  async fanOut(tx: Tx, accountId: string, messages: readonly NewDelivery[], now: Date): Promise<number> {
    const [made]: { count: number }[] = await tx.manager.query(
      `WITH made AS (
         INSERT INTO notifications.delivery (account_id, webhook_id, message_id, type, body, since, due_at, created_at)
         SELECT webhook.account_id, webhook.id, message."messageId", message.type, message.body, $3, $3, $3
           FROM notifications.webhook
           JOIN json_to_recordset($2::json) AS message ("messageId" text, type text, body text) ON message.type = ANY (webhook.types)
          WHERE webhook.account_id = $1 AND webhook.enabled
         RETURNING 1
       ) SELECT count(*) FROM made`,
      [accountId, JSON.stringify(messages), now],
    );
    return made?.count ?? 0;
  }

  /** For one endpoint, whatever types it wants. Gives the delivery's id. */
  async addFor(tx: Tx, endpoint: { accountId: string; id: string }, message: NewDelivery, now: Date): Promise<number> {
    const [row]: { id: number }[] = await tx.manager.query(
      `INSERT INTO notifications.delivery (account_id, webhook_id, message_id, type, body, since, due_at, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $6, $6) RETURNING id`,
      [endpoint.accountId, endpoint.id, message.messageId, message.type, message.body, now],
    );
    return row?.id ?? 0;
  }

  /** What is already under way is left alone. Gives how many are due again. */
  async renew(tx: Tx, wanted: Renewed, now: Date): Promise<number> {
    const { accountId, webhookId, ids = null, range } = wanted;
    const [, count]: [unknown, number] = await tx.manager.query(
      `UPDATE notifications.delivery SET state = 'pending', tries = 0, since = $3, due_at = $3, done_at = NULL
        WHERE account_id = $1 AND webhook_id = $2 AND ($4::bigint[] IS NULL OR id = ANY ($4))
          AND ($5::timestamptz IS NULL OR created_at >= $5) AND ($6::timestamptz IS NULL OR created_at < $6)
          AND ($7::text IS NULL OR state = $7) AND (state <> 'pending' OR $4 IS NOT NULL)`,
      [accountId, webhookId, now, ids, range?.from ?? null, range?.to ?? null, range?.state ?? null],
    );
    return count;
  }

  /**
   * Takes what is due until the lease ends, a few of each endpoint, so that one with many never stands before the others;
   * of a failing one, one, and after those that are well. `busy` endpoints get none.
   */
  async lease(
    now: Date,
    until: Date,
    most: { all: number; each: number; busy: readonly string[] },
  ): Promise<Delivery[]> {
    const [rows]: [LeasedRow[], number] = await this.dataSource.query(lease, [
      now,
      until,
      most.all,
      most.each,
      most.busy,
    ]);
    return rows.map(({ secret, previousSecret, ...row }) => {
      return { ...row, boxes: previousSecret === null ? [secret] : [secret, previousSecret] };
    });
  }

  /** What signs the delivery, the newest first. Throws when a box does not open: that is this endpoint's trouble alone. */
  secretsOf({ boxes, webhookId }: Delivery): string[] {
    return boxes.map((box) => this.box.open(box, webhookId));
  }

  async noteAttempt(tx: Tx, { id, accountId }: Delivery, answer: WebhookAnswer, at: Date): Promise<void> {
    await tx.manager.query(
      `INSERT INTO notifications.delivery_attempt (account_id, delivery_id, at, status, problem, answer, took_ms)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [accountId, id, at, answer.status, answer.problem, answer.body, answer.tookMs],
    );
  }

  /** One statement for the usual case: the attempt, the end of the delivery, and an endpoint that works again. */
  async noteDelivered(delivery: Delivery, answer: WebhookAnswer, at: Date): Promise<void> {
    await this.dataSource.query(
      `WITH attempt AS (
         INSERT INTO notifications.delivery_attempt (account_id, delivery_id, at, status, answer, took_ms)
         VALUES ($1, $2, $4, $5, $6, $7)
       ), endpoint AS (
         UPDATE notifications.webhook SET failing_since = NULL WHERE id = $3 AND account_id = $1 AND failing_since IS NOT NULL
       )
       UPDATE notifications.delivery SET state = 'delivered', done_at = $4 WHERE id = $2 AND account_id = $1`,
      [delivery.accountId, delivery.id, delivery.webhookId, at, answer.status, answer.body, answer.tookMs],
    );
  }

  /** What another process has delivered meanwhile stays delivered. */
  async giveUp(tx: Tx, { id, accountId }: Delivery, at: Date): Promise<void> {
    await tx.manager.query(
      `UPDATE notifications.delivery SET state = 'failed', done_at = $3
        WHERE id = $1 AND account_id = $2 AND state = 'pending'`,
      [id, accountId, at],
    );
  }

  async tryAgain(tx: Tx, { id, accountId }: Delivery, dueAt: Date): Promise<void> {
    await tx.manager.query('UPDATE notifications.delivery SET due_at = $3 WHERE id = $1 AND account_id = $2', [
      id,
      accountId,
      dueAt,
    ]);
  }
}

/** The recursion walks from endpoint to endpoint over the index; how much waits behind each costs nothing. */
const lease = `
  WITH RECURSIVE waiting AS (
    (SELECT webhook_id FROM notifications.delivery WHERE state = 'pending' ORDER BY webhook_id LIMIT 1)
    UNION ALL
    SELECT (SELECT next.webhook_id FROM notifications.delivery AS next
             WHERE next.state = 'pending' AND next.webhook_id > waiting.webhook_id ORDER BY next.webhook_id LIMIT 1)
      FROM waiting WHERE waiting.webhook_id IS NOT NULL
  ), due AS (
    SELECT picked.id FROM waiting
      JOIN notifications.webhook ON webhook.id = waiting.webhook_id AND webhook.enabled AND webhook.id <> ALL ($5::uuid[])
     CROSS JOIN LATERAL (
       SELECT delivery.id, due_at FROM notifications.delivery
        WHERE delivery.webhook_id = webhook.id AND delivery.state = 'pending' AND due_at <= $1
        ORDER BY due_at LIMIT CASE WHEN webhook.failing_since IS NULL THEN $4::int ELSE 1 END
          FOR UPDATE SKIP LOCKED
     ) AS picked
     ORDER BY webhook.failing_since IS NOT NULL, picked.due_at LIMIT $3
  )
  UPDATE notifications.delivery SET due_at = $2, tries = tries + 1, since = CASE WHEN tries = 0 THEN $1 ELSE since END
    FROM notifications.webhook
   WHERE delivery.id IN (SELECT id FROM due) AND webhook.id = delivery.webhook_id
  RETURNING delivery.id, delivery.account_id AS "accountId", delivery.webhook_id AS "webhookId", delivery.message_id AS "messageId",
            delivery.type, delivery.body, delivery.tries, $1::timestamptz AS "triedAt", delivery.since, webhook.url, webhook.secret,
            CASE WHEN webhook.previous_until > $1 THEN webhook.previous_secret END AS "previousSecret",
            webhook.failing_since IS NOT NULL AS failing`;
