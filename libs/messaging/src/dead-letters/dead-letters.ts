import { isId, newId } from '#kernel';
import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** A message that a subscriber could not take, as it came. */
export interface UntakenMessage {
  readonly subscriber: string;
  /** The event's id; undefined or anything else where the message is not one of ours. */
  readonly messageId: string | undefined;
  readonly content: Buffer;
  readonly reason: string;
}

export interface DeadLetter {
  readonly id: string;
  readonly subscriber: string;
  /** Name of the event; null when the message is none. */
  readonly event: string | null;
  readonly accountId: string | null;
  readonly reason: string;
  readonly diedAt: Date;
  /** Somebody asked for another try, which has not begun. */
  readonly retrying: boolean;
}

/** Where a message goes that a subscriber cannot take, in either road, until somebody looks at it. */
@Injectable()
export class DeadLetters {
  private readonly logger = new Logger(DeadLetters.name);

  constructor(private readonly dataSource: DataSource) {}

  async add({ subscriber, messageId, content, reason }: UntakenMessage): Promise<void> {
    const id = messageId !== undefined && isId(messageId) ? messageId : newId();
    this.logger.error(`message ${id} is put aside for ${subscriber}: ${reason}`);
    const event = jsonObjectIn(content);
    await this.dataSource.query(
      `INSERT INTO messaging.dead_letter (subscriber, message_id, event, content, reason) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (subscriber, message_id) DO UPDATE SET reason = excluded.reason`,
      [subscriber, id, event, event === null ? content : null, reason.slice(0, 500)],
    );
  }

  async holds(subscriber: string, messageId: string): Promise<boolean> {
    const rows: unknown[] = await this.dataSource.query(
      'SELECT 1 FROM messaging.dead_letter WHERE subscriber = $1 AND message_id = $2',
      [subscriber, messageId],
    );
    return rows.length > 0;
  }

  /** The oldest first, at most 100. `accountId`: only what concerns this account. */
  async list(accountId: string | null = null): Promise<DeadLetter[]> {
    return this.dataSource.query(
      `SELECT message_id AS id, subscriber, event->>'name' AS event, event->>'accountId' AS "accountId", reason,
              died_at AS "diedAt", retry_at IS NOT NULL AS retrying
         FROM messaging.dead_letter WHERE $1::text IS NULL OR event->>'accountId' = $1
        ORDER BY died_at, message_id LIMIT 100`,
      [accountId],
    );
  }

  /** Asks for one more try of each; a platform process makes it within seconds. Gives their number. */
  async retry(accountId: string | null = null): Promise<number> {
    const [, count]: [unknown, number] = await this.dataSource.query(
      `UPDATE messaging.dead_letter SET retry_at = clock_timestamp()
        WHERE event IS NOT NULL AND ($1::text IS NULL OR event->>'accountId' = $1)`,
      [accountId],
    );
    return count;
  }
}

/** As text for a jsonb column, which takes no NUL; null for what is no JSON object. */
function jsonObjectIn(content: Buffer): string | null {
  const text = content.toString('utf8');
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !text.includes('\\u0000') ? text : null;
  } catch {
    return null;
  }
}

/** What a human reads of an error. */
export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
