import { Injectable } from '@nestjs/common';
import pLimit from 'p-limit';
import { TooManyLogInsError } from '../domain/accounts.errors.js';

const atOnce = 4;
const waitingAtMost = 50;

/** A password hash takes 19 MiB and a core: only a few at once, some in line, and the rest is told to come back. */
@Injectable()
export class LogInQueue {
  private readonly places = pLimit(atOnce);

  /** Rejects with `unavailable` when the line is full. */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    const { activeCount, pendingCount } = this.places;
    if (activeCount + pendingCount >= atOnce + waitingAtMost) throw new TooManyLogInsError();
    return this.places(work);
  }
}
