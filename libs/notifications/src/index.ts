export { NotificationsSettings } from './application/ports.js';
export { signedHeaders } from './application/sign-webhook.js';
export { notificationsSchema } from './infrastructure/notifications.schema.js';
export { NotificationsModule } from './notifications.module.js';
export { type EventEnvelope, publicEventTypes, webhookOf } from './public-event.js';
