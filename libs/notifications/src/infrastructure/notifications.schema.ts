import type { ContextSchema } from '#database';
import { CreateEventLog1764000000400 } from './migrations/create-event-log.js';
import { CreateWebhooks1764000000410 } from './migrations/create-webhooks.js';
import { KeepAnswers1764000000430 } from './migrations/keep-answers.js';
import { TraceEvents1764000000420 } from './migrations/trace-events.js';

export const notificationsSchema: ContextSchema = {
  schema: 'notifications',
  rows: [],
  migrations: [
    CreateEventLog1764000000400,
    CreateWebhooks1764000000410,
    TraceEvents1764000000420,
    KeepAnswers1764000000430,
  ],
};
