import { catalogue, type DomainEvent, envelope } from '#contracts';
import { type Tx, UnitOfWork } from '#database';
import { Injectable } from '@nestjs/common';
import { isObservable, lastValueFrom } from 'rxjs';
import { DataSource } from 'typeorm';
import { BadMessage } from './bad-message.js';

export type Handler = (event: DomainEvent, tx: Tx) => Promise<unknown>;

/** Brings one event to one subscriber: once, in one transaction with its inbox row. */
@Injectable()
export class Delivery {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly dataSource: DataSource,
  ) {}

  /** Resolves after the commit, or when it was delivered before; rejects with BadMessage, or with the handler's error. */
  async deliver(subscriber: string, message: unknown, handler: Handler): Promise<void> {
    const event = read(message);
    await this.unitOfWork.run(async (tx) => {
      if (await isFirst(tx, subscriber, event.id)) await finished(await handler(event, tx));
    });
  }

  /** Whether an error was the message's own: with the database away, it was not. */
  async databaseLives(): Promise<boolean> {
    return this.dataSource.query('SELECT 1').then(
      () => true,
      () => false,
    );
  }
}

function read(message: unknown): DomainEvent {
  const parsed = envelope.safeParse(message);
  if (!parsed.success) throw new BadMessage(`no event envelope: ${parsed.error.issues[0]?.path.join('.') ?? ''}`);
  const contract = catalogue.get(parsed.data.name);
  if (!contract) throw new BadMessage('an event that the catalogue does not know');
  const data = contract.data.safeParse(parsed.data.data);
  if (!data.success) throw new BadMessage(`${contract.name}: data.${data.error.issues[0]?.path.join('.') ?? ''}`);
  return { ...parsed.data, data: data.data };
}

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
