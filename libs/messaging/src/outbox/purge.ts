import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { RepeatingTask } from '../repeating-task.js';

/** The inbox remembers longer than the outbox: what is published again must meet the row that drops it. */
const outbox = `DELETE FROM messaging.outbox WHERE ctid = ANY (ARRAY(
  SELECT ctid FROM messaging.outbox WHERE sent_at < now() - interval '3 days' LIMIT $1))`;
const inbox = `DELETE FROM messaging.inbox WHERE ctid = ANY (ARRAY(
  SELECT ctid FROM messaging.inbox WHERE received_at < now() - interval '4 days' LIMIT $1))`;
const everyMs = 60_000;
/** At most so many rows a minute and table, a second's work: a long delete would run into the time-out and start all over. */
const rows = 50_000;

/** Forgets what no broker loss can ask for any more. */
@Injectable()
export class Purge implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly task = new RepeatingTask('messaging purge', everyMs, () => this.run());

  constructor(private readonly dataSource: DataSource) {}

  onApplicationBootstrap(): void {
    this.task.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.task.stop();
  }

  async run(): Promise<void> {
    await this.dataSource.query(outbox, [rows]);
    await this.dataSource.query(inbox, [rows]);
  }
}
