export { On, type Reaction, type ReactionPattern } from './on.js';
export { EventPublisher, NodeMail, Outbox, WakeUps } from './ports.js';
