import type { DomainEvent } from '#contracts';
import { envelope, catalogue } from '#contracts';
import { EventPublisher, NodeMail } from '#messaging/broker';

/** A broker in memory that can refuse, or keep its confirms back. Every event is checked against its contract. */
export class FakePublisher extends EventPublisher {
  readonly events: DomainEvent[] = [];
  failing = false;
  /** Events that are not confirmed yet. */
  waiting = 0;
  private readonly listeners: (() => void)[] = [];
  private confirm: Promise<void> = Promise.resolve();
  private release: () => void = () => undefined;

  override async publish(event: DomainEvent): Promise<void> {
    const contract = catalogue.get(event.name);
    if (!contract) throw new Error(`no contract for ${event.name}`);
    envelope.parse(event);
    contract.data.parse(event.data);
    this.waiting += 1;
    await this.confirm;
    this.waiting -= 1;
    if (this.failing) throw new Error('the broker did not confirm in time');
    this.events.push(event);
  }

  override onReconnect(listener: () => void): void {
    this.listeners.push(listener);
  }

  reconnect(): void {
    for (const listener of this.listeners) listener();
  }

  /** From now on nothing is confirmed, until `goOn`. */
  hold(): void {
    this.confirm = new Promise((resolve) => (this.release = resolve));
  }

  goOn(): void {
    this.release();
    this.confirm = Promise.resolve();
  }

  named(name: string): DomainEvent[] {
    return this.events.filter((event) => event.name === name);
  }
}

export class FakeMail extends NodeMail {
  private readonly handlers = new Map<string, (message: unknown) => void>();

  override send(node: string, message: unknown): void {
    this.handlers.get(node)?.(message);
  }

  override receive(node: string, handler: (message: unknown) => void): Promise<void> {
    this.handlers.set(node, handler);
    return Promise.resolve();
  }
}
