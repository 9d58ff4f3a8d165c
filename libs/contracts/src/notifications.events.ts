import { z } from 'zod';
import { doneBy } from './done-by.js';
import { defineEvent } from './event-contract.js';

const context = 'notifications';

/** Somebody changed an endpoint. `host`: of its address, whose path may hold what is secret. */
export const WebhookManaged = defineEvent(
  context,
  'WebhookManaged',
  z.object({
    accountId: z.uuid(),
    webhookId: z.uuid(),
    change: z.enum(['created', 'changed', 'removed', 'secret_rotated']),
    host: z.string(),
    by: doneBy,
  }),
);
