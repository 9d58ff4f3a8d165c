import { Global, Module } from '@nestjs/common';
import { EventPublisher, NodeMail } from './ports.js';
import { BrokerConnection } from './rabbitmq/broker-connection.js';
import { RabbitmqNodeMail } from './rabbitmq/rabbitmq-node-mail.js';
import { RabbitmqPublisher } from './rabbitmq/rabbitmq-publisher.js';

/** For a process without a database: it publishes and has a mailbox, and reacts to nothing. */
@Global()
@Module({
  providers: [
    BrokerConnection,
    RabbitmqPublisher,
    { provide: EventPublisher, useExisting: RabbitmqPublisher },
    { provide: NodeMail, useClass: RabbitmqNodeMail },
  ],
  exports: [BrokerConnection, RabbitmqPublisher, EventPublisher, NodeMail],
})
export class BrokerModule {}
