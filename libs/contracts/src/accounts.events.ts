import { z } from 'zod';
import { defineEvent } from './event-contract.js';

const context = 'accounts';

export const AccountOpened = defineEvent(
  context,
  'AccountOpened',
  z.object({
    accountId: z.uuid(),
    name: z.string(),
    country: z.enum(['CA', 'US']),
    currency: z.enum(['CAD', 'USD']),
    timeZone: z.string(),
  }),
);

/** `changedBy` is the id of the user, or `system` when the operator's own tool did it. */
export const ApiModeChanged = defineEvent(
  context,
  'ApiModeChanged',
  z.object({ accountId: z.uuid(), enabled: z.boolean(), changedAt: z.iso.datetime(), changedBy: z.string() }),
);

/** Seconds and days; `tipping` null: no tip unless a payment says so. */
export const AccountSettingsChanged = defineEvent(
  context,
  'AccountSettingsChanged',
  z.object({
    accountId: z.uuid(),
    timeZone: z.string(),
    deliverWithin: z.int().positive(),
    payWithin: z.int().positive(),
    tipping: z.object({ percentages: z.array(z.int().min(0).max(100)) }).nullable(),
    retentionDays: z.int().positive(),
  }),
);

export const UserDeactivated = defineEvent(
  context,
  'UserDeactivated',
  z.object({ accountId: z.uuid(), userId: z.uuid() }),
);

export const ApiAccessRevoked = defineEvent(
  context,
  'ApiAccessRevoked',
  z.object({ accountId: z.uuid(), apiAccessId: z.uuid() }),
);
