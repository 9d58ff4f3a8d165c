export { NotificationsSettings } from './application/ports.js';
export { notificationsSchema } from './infrastructure/notifications.schema.js';
export { NotificationsModule } from './notifications.module.js';
