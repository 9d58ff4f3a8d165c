import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { RepeatingTask } from './repeating-task.js';

export const hourMs = 60 * 60_000;

/** A verb that a process does again and again from its start to its end; it must be harmless in many processes at once. */
export abstract class Sweeper implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly task: RepeatingTask;

  constructor(everyMs: number) {
    this.task = new RepeatingTask(new.target.name, everyMs, () => this.execute());
  }

  abstract execute(): Promise<void>;

  onApplicationBootstrap(): void {
    this.task.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.task.stop();
  }
}
