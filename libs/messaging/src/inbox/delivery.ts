import type { DomainEvent } from '#contracts';
import { acrossAccounts, type Tx, UnitOfWork } from '#database';
import { Injectable } from '@nestjs/common';
import pLimit, { type LimitFunction } from 'p-limit';
import { isObservable, lastValueFrom } from 'rxjs';
import { DataSource } from 'typeorm';
import { isOwnFault } from './own-fault.js';

export type Handler = (event: DomainEvent, tx: Tx) => Promise<unknown>;

/** Brings one event to one subscriber: once, in one transaction with its inbox row. */
@Injectable()
export class Delivery {
  private readonly places: LimitFunction;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly dataSource: DataSource,
  ) {
    // Half of the connections: however much the broker brings, requests find the other half.
    this.places = pLimit(Math.max(1, Math.floor((dataSource.options.poolSize ?? 10) / 2)));
  }

  /** Resolves after the commit, or when it was delivered before; rejects with the handler's error. */
  async deliver(subscriber: string, event: DomainEvent, handler: Handler): Promise<void> {
    const work = async (tx: Tx): Promise<void> => {
      if (await isFirst(tx, subscriber, event.id)) await finished(await handler(event, tx));
    };
    // A reaction is not the work of the request that happened to publish the event.
    await this.places(() => acrossAccounts(() => this.unitOfWork.run(work)));
  }

  /** Whether an error of `deliver` counts against the event, or against the database. */
  isOwnFault(error: unknown): Promise<boolean> {
    return isOwnFault(error, this.dataSource);
  }
}

/** Waits for a twin that is being delivered at the same moment, and then answers by how that one ended. */
async function isFirst(tx: Tx, subscriber: string, id: string): Promise<boolean> {
  const rows: unknown[] = await tx.manager.query(
    'INSERT INTO messaging.inbox (subscriber, message_id) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING 1',
    [subscriber, id],
  );
  return rows.length === 1;
}

/** Nest wraps what a handler gives back in an Observable, also its failure. */
async function finished(result: unknown): Promise<void> {
  if (isObservable(result)) await lastValueFrom(result, { defaultValue: undefined });
}
