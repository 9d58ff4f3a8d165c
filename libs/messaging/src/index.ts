export { BrokerConnection } from './rabbitmq/broker-connection.js';
export { MessagingHealth, type OutboxFacts } from './messaging-health.js';
export { connectSubscribers, MessagingModule } from './messaging.module.js';
export { messagingSchema } from './messaging-schema.js';
export { MessagingSettings } from './messaging-settings.js';
export { On, type Reaction, type ReactionPattern } from './on.js';
export { EventPublisher, NodeMail, Outbox, WakeUps } from './ports.js';
export { readUntil } from './read-until.js';
export { RepeatingTask } from './repeating-task.js';
