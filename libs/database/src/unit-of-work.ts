import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

/** One open transaction. Every write takes it as an argument; nothing finds it by itself. */
export interface Tx {
  readonly manager: EntityManager;
  /** Runs after the commit, never after a rollback. Errors of a task are its own business. */
  afterCommit(task: () => void): void;
}

@Injectable()
export class UnitOfWork {
  constructor(private readonly dataSource: DataSource) {}

  /** Runs `work` in one transaction: all of it is committed, or nothing. */
  async run<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    const tasks: (() => void)[] = [];
    const result = await this.dataSource.transaction((manager) =>
      work({ manager, afterCommit: (task) => void tasks.push(task) }),
    );
    for (const task of tasks) task();
    return result;
  }
}
