import { catalogue, type DomainEvent } from '#contracts';
import type { Tx } from '#database';
import { Outbox } from '#messaging';

/** Keeps what was committed, each event checked against its contract. */
export class KeptEvents extends Outbox {
  readonly committed: DomainEvent[] = [];

  override append(tx: Tx, events: readonly DomainEvent[]): Promise<void> {
    for (const event of events) catalogue.get(event.name)?.data.parse(event.data);
    tx.afterCommit(() => this.committed.push(...events));
    return Promise.resolve();
  }

  named(name: string): DomainEvent[] {
    return this.committed.filter((event) => event.name === name);
  }

  of(aggregateId: string, name?: string): DomainEvent[] {
    return this.committed.filter((event) => event.aggregateId === aggregateId && (!name || event.name === name));
  }

  namesOf(aggregateId: string): string[] {
    return this.of(aggregateId).map(({ name }) => name);
  }
}
