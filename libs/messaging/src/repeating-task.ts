import { Logger } from '@nestjs/common';

/** Runs a task again and again, never two at once; `stop` waits for the run under way. */
export class RepeatingTask {
  private readonly logger: Logger;
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = true;

  constructor(
    name: string,
    private readonly everyMs: number,
    private readonly task: () => Promise<void>,
  ) {
    this.logger = new Logger(name);
  }

  start(): void {
    this.stopped = false;
    this.schedule();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private schedule(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.running = this.runGuarded().then(() => {
        this.schedule();
      });
    }, this.everyMs);
    this.timer.unref();
  }

  private async runGuarded(): Promise<void> {
    try {
      await this.task();
    } catch (error) {
      this.logger.warn(`failed and will run again: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
