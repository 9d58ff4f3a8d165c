export * from './event-contract.js';
export * from './accounts.events.js';
export * from './device-gateway.events.js';
export * from './device-registry.events.js';
export * from './notifications.events.js';
export * from './pairing.events.js';
export * from './payment-routing.events.js';
export { catalogue } from './catalogue.js';
