import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { RepeatingTask } from '../repeating-task.js';

/** The inbox remembers longer than the outbox: what is published again must meet the row that drops it. */
const keep = { outboxDays: 3, inboxDays: 4 } as const;
const everyMs = 10 * 60_000;

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
    await this.dataSource.query('DELETE FROM messaging.outbox WHERE sent_at < now() - make_interval(days => $1)', [
      keep.outboxDays,
    ]);
    await this.dataSource.query('DELETE FROM messaging.inbox WHERE received_at < now() - make_interval(days => $1)', [
      keep.inboxDays,
    ]);
  }
}
