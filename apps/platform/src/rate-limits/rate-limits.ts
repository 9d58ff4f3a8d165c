import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '#kernel';
import { RepeatingTask } from '#messaging';
import { type Decision, LimitedAccount, type Limits } from './limited-account.js';
import { SharedCountsTable } from './shared-counts.js';

const tellEveryMs = 1_000;

export abstract class RateLimitSettings implements Limits {
  abstract readonly atOnce: number;
  abstract readonly waiting: number;
  abstract readonly minute: number;
  abstract readonly hour: number;
}

/** Counts each account's requests in memory; once a second the processes tell each other, in one statement. */
@Injectable()
export class RateLimits implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly accounts = new Map<string, LimitedAccount>();
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

  /** Counts the request, unless it is refused; an admitted one is to be finished. */
  admit(accountId: string, kind: 'atOnce' | 'waiting'): Decision & { readonly finish: () => void } {
    const account = this.accounts.get(accountId) ?? new LimitedAccount(this.limits);
    this.accounts.set(accountId, account);
    const finish = (): void => {
      account.finish(kind);
    };
    return { ...account.admit(kind, this.clock.now().getTime()), finish };
  }

  async execute(): Promise<void> {
    const now = this.clock.now().getTime();
    const untold = new Map<string, number>();
    for (const [accountId, account] of this.accounts) {
      const count = account.takeUntold();
      if (count > 0) untold.set(accountId, count);
      else if (account.isForgotten(now)) this.accounts.delete(accountId);
    }
    if (untold.size === 0) return;
    for (const [accountId, shared] of await this.table.add(untold, now))
      this.accounts.get(accountId)?.hear(shared, now);
  }
}
