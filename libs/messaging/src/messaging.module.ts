import { type DynamicModule, type INestApplication, Module, type Provider } from '@nestjs/common';
import type { CustomTransportStrategy } from '@nestjs/microservices';
import { DataSource } from 'typeorm';
import { BrokerModule } from './broker.module.js';
import { DeadLetterRetries } from './dead-letters/dead-letter-retries.js';
import { DeadLetters } from './dead-letters/dead-letters.js';
import { EmbeddedBus } from './embedded/embedded-bus.js';
import { EmbeddedNodeMail } from './embedded/embedded-node-mail.js';
import { EmbeddedStrategy } from './embedded/embedded-strategy.js';
import { OnlyProcess } from './embedded/only-process.js';
import { Delivery } from './inbox/delivery.js';
import { LocalWakeUps } from './local-wake-ups.js';
import { MessagingHealth, type Road } from './messaging-health.js';
import { OutboxRelay } from './outbox/outbox-relay.js';
import { PostgresOutbox } from './outbox/postgres-outbox.js';
import { Purge } from './outbox/purge.js';
import { EventPublisher, NodeMail, Outbox, WakeUps } from './ports.js';
import { LostQueues } from './rabbitmq/lost-queues.js';
import { RabbitmqStrategy } from './rabbitmq/rabbitmq-strategy.js';
import { RabbitmqWakeUps } from './rabbitmq/rabbitmq-wake-ups.js';

/** The strategy that this process runs on; `connectSubscribers` hands it to Nest. */
const subscriberStrategy = Symbol('subscriber strategy');

const always: readonly Provider[] = [
  DeadLetterRetries,
  DeadLetters,
  Delivery,
  OutboxRelay,
  Purge,
  { provide: Outbox, useClass: PostgresOutbox },
  {
    provide: MessagingHealth,
    useFactory: (dataSource: DataSource, road: Road) => new MessagingHealth(dataSource, road),
    inject: [DataSource, subscriberStrategy],
  },
];

const embedded: readonly Provider[] = [
  EmbeddedBus,
  OnlyProcess,
  { provide: EventPublisher, useExisting: EmbeddedBus },
  { provide: NodeMail, useClass: EmbeddedNodeMail },
  { provide: WakeUps, useClass: LocalWakeUps },
  { provide: subscriberStrategy, useClass: EmbeddedStrategy },
];

const onRabbitmq: readonly Provider[] = [
  LostQueues,
  { provide: WakeUps, useClass: RabbitmqWakeUps },
  { provide: subscriberStrategy, useClass: RabbitmqStrategy },
];

/** Outbox, inbox and the road between them: in process, or through RabbitMQ. */
@Module({})
export class MessagingModule {
  static over(road: 'in-process' | 'rabbitmq'): DynamicModule {
    const own = [DeadLetters, Outbox, WakeUps, MessagingHealth, subscriberStrategy];
    if (road === 'in-process') {
      const providers = [...always, ...embedded];
      return { module: MessagingModule, global: true, providers, exports: [...own, EventPublisher, NodeMail] };
    }
    const providers = [...always, ...onRabbitmq];
    return { module: MessagingModule, global: true, imports: [BrokerModule], providers, exports: own };
  }
}

/**
 * Connects every reaction that Nest found; call it before `app.startAllMicroservices()`. The app's global guards, pipes and
 * filters are for HTTP and stay away from events: `@On` brings what a reaction needs.
 */
export function connectSubscribers(app: INestApplication): void {
  const strategy = app.get<CustomTransportStrategy>(subscriberStrategy);
  app.connectMicroservice({ strategy });
}
