import { z } from 'zod';
import { defineEvent } from './event-contract.js';

export const WebhookDisabled = defineEvent(
  'notifications',
  'WebhookDisabled',
  z.object({ accountId: z.uuid(), webhookId: z.uuid(), reason: z.enum(['gone', 'failing']) }),
);
