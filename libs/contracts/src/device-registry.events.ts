import { z } from 'zod';
import { doneBy } from './done-by.js';
import { defineEvent } from './event-contract.js';

const context = 'device-registry';

export const deviceMode = z.enum(['api', 'standalone']);

/** A session lasts from a log-in to the log-out; `number` rises by one at each log-in of the device; `mode` never changes. */
export const deviceSession = z.object({
  id: z.uuid(),
  number: z.int().positive(),
  mode: deviceMode,
  userId: z.uuid(),
});

/** The whole state that readers need, so that ignoring an older version loses nothing. `session` is the open one. */
export const deviceState = z.object({
  deviceId: z.uuid(),
  accountId: z.uuid(),
  serialNumber: z.string(),
  model: z.string(),
  appVersion: z.string(),
  session: deviceSession.nullable(),
  locked: z.boolean(),
  retired: z.boolean(),
});

export const sessionEndReason = z.enum([
  'logged_out',
  'logged_in_again',
  'unpaired',
  'retired',
  'user_deactivated',
  'moved',
  'key_replaced',
]);

/** First set-up is complete: the device is bound to an account and may log in. */
export const DeviceSetUp = defineEvent(context, 'DeviceSetUp', deviceState);
/** `session` is the new, open session. */
export const DeviceLoggedIn = defineEvent(context, 'DeviceLoggedIn', deviceState.extend({ session: deviceSession }));
/** `session` is what is open now (null, or already the next one); `ended` is the session that is over. */
export const DeviceSessionEnded = defineEvent(
  context,
  'DeviceSessionEnded',
  deviceState.extend({ ended: deviceSession, reason: sessionEndReason }),
);
const changedState = deviceState.extend({ by: doneBy });
export const DeviceLocked = defineEvent(context, 'DeviceLocked', changedState);
export const DeviceUnlocked = defineEvent(context, 'DeviceUnlocked', changedState);
export const DeviceRetired = defineEvent(context, 'DeviceRetired', changedState);
/** Whoever has the code, which is not told, can bind one terminal to the account until it expires. */
export const SetUpCodeCreated = defineEvent(
  context,
  'SetUpCodeCreated',
  z.object({ accountId: z.uuid(), setUpCodeId: z.uuid(), expiresAt: z.iso.datetime(), by: doneBy }),
);
