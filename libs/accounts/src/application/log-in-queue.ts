import { Injectable } from '@nestjs/common';
import { TooManyLogInsError } from '../domain/accounts.errors.js';

const atOnce = 4;
const waitingAtMost = 50;

/** A password hash takes 19 MiB and a core: only a few at once, some in line, and the rest is told to come back. */
@Injectable()
export class LogInQueue {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  /** Rejects with `unavailable` when the line is full. */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    await this.enter();
    try {
      return await work();
    } finally {
      this.leave();
    }
  }

  private async enter(): Promise<void> {
    if (this.running < atOnce) {
      this.running += 1;
      return;
    }
    if (this.waiting.length >= waitingAtMost) throw new TooManyLogInsError();
    await new Promise<void>((admit) => this.waiting.push(admit));
  }

  /** The place goes straight to the next in line, so that no newcomer takes it in between. */
  private leave(): void {
    const admitNext = this.waiting.shift();
    if (admitNext) admitNext();
    else this.running -= 1;
  }
}
