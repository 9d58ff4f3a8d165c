import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '#kernel';
import { RepeatingTask } from '#messaging';
import { Budget, type Decision, type Limits } from './budget.js';
import { SharedCountsTable } from './shared-counts.js';

const tellEveryMs = 1_000;

export abstract class RateLimitSettings implements Limits {
  abstract readonly atOnce: number;
  abstract readonly waiting: number;
  abstract readonly minute: number;
  abstract readonly hour: number;
}

/** Counts each caller's requests in memory; once a second the processes tell each other, in one statement. */
@Injectable()
export class RateLimits implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly budgets = new Map<string, Budget>();
  private readonly telling = new RepeatingTask('rate limits', tellEveryMs, () => this.execute());

  constructor(
    private readonly limits: RateLimitSettings,
    private readonly table: SharedCountsTable,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.telling.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.telling.stop();
  }

  /** Counts the request against the budget of this id, unless it is refused; an admitted one is to be finished. */
  admit(id: string, kind: 'atOnce' | 'waiting'): Decision & { readonly finish: () => void } {
    const budget = this.budgets.get(id) ?? new Budget(this.limits);
    this.budgets.set(id, budget);
    const finish = (): void => {
      budget.finish(kind);
    };
    return { ...budget.admit(kind, this.clock.now().getTime()), finish };
  }

  async execute(): Promise<void> {
    const now = this.clock.now().getTime();
    const untold = new Map<string, number>();
    for (const [id, budget] of this.budgets) {
      const count = budget.takeUntold();
      if (count > 0) untold.set(id, count);
      else if (budget.isForgotten(now)) this.budgets.delete(id);
    }
    if (untold.size === 0) return;
    for (const [id, shared] of await this.table.add(untold, now)) this.budgets.get(id)?.hear(shared, now);
  }
}
