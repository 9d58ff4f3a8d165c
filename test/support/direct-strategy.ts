import { type CustomTransportStrategy, Server } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import { catalogue, type DomainEvent } from '#contracts';
import type { Tx } from '#database';

/** Hands an event to the reaction that Nest found for it in one context, as the inbox does: in one transaction. */
export class DirectStrategy extends Server implements CustomTransportStrategy {
  constructor(private readonly subscriber: string) {
    super();
  }

  listen(listening: () => void): void {
    listening();
  }

  close(): void {
    // nothing is open
  }

  on(): void {
    throw new Error('a test listens to no transport');
  }

  unwrap(): never {
    throw new Error('a test has no transport');
  }

  async deliver(event: DomainEvent, tx: Tx): Promise<void> {
    catalogue.get(event.name)?.data.parse(event.data);
    const handler = this.messageHandlers.get(JSON.stringify({ event: event.name, subscriber: this.subscriber }));
    if (!handler) throw new Error(`${this.subscriber} does not react to ${event.name}`);
    const result: unknown = await handler(event, tx);
    if (isObservable(result)) await lastValueFrom(result, { defaultValue: undefined });
  }
}
