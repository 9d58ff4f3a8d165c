export { BrokerModule } from './broker.module.js';
export { MessagingSettings } from './messaging-settings.js';
export { EventPublisher, NodeMail } from './ports.js';
export { BrokerConnection } from './rabbitmq/broker-connection.js';
export { RepeatingTask } from './repeating-task.js';
