import type { ContextSchema } from '#database';
import { Messaging1764000000100 } from './migrations/1764000000100-messaging.js';
import { DeadLetters1764000000110 } from './migrations/1764000000110-dead-letters.js';

export const messagingSchema: ContextSchema = {
  schema: 'messaging',
  rows: [],
  migrations: [Messaging1764000000100, DeadLetters1764000000110],
};
