import type { ContextSchema } from '#database';
import { CreateEventLog1764000000400 } from './migrations/create-event-log.js';

export const notificationsSchema: ContextSchema = {
  schema: 'notifications',
  rows: [],
  migrations: [CreateEventLog1764000000400],
};
