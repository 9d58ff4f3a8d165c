import { Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

/** One open transaction. Every write takes it as an argument; nothing finds it by itself. */
export interface Tx {
  readonly manager: EntityManager;
  /** Runs after the commit, never after a rollback. A task that throws is logged and changes nothing for the caller. */
  afterCommit(task: () => void): void;
}

@Injectable()
export class UnitOfWork {
  private readonly logger = new Logger(UnitOfWork.name);

  constructor(private readonly dataSource: DataSource) {}

  /** Runs `work` in one transaction: all of it is committed, or nothing. */
  async run<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    const tasks: (() => void)[] = [];
    const result = await this.dataSource.transaction((manager) =>
      work({ manager, afterCommit: (task) => void tasks.push(task) }),
    );
    for (const task of tasks) this.runGuarded(task);
    return result;
  }

  /** The commit stands: an error after it must not look like one before it. */
  private runGuarded(task: () => void): void {
    try {
      task();
    } catch (error) {
      this.logger.error('a task after the commit failed', error instanceof Error ? error.stack : String(error));
    }
  }
}
