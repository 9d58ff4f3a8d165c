import { z } from 'zod';
import { doneBy } from './done-by.js';
import { defineEvent } from './event-contract.js';

const context = 'pairing';

const pairedDevice = z.object({ deviceId: z.uuid(), accountId: z.uuid(), code: z.string().length(4) });

export const DeviceCodeAssigned = defineEvent(context, 'DeviceCodeAssigned', pairedDevice);

/** Why a device does not listen; `null` when it does. */
export const notListeningReason = z.enum([
  'never_connected',
  'offline',
  'not_continued',
  'standalone',
  'logged_out',
  'locked',
  'retired',
  'unpaired',
]);

/** The whole answer to "may a payment go to this device, and where": `node` and `connectionId` are set while it is connected. */
export const DeviceListeningChanged = defineEvent(
  context,
  'DeviceListeningChanged',
  pairedDevice.extend({
    listening: z.boolean(),
    reason: notListeningReason.nullable(),
    node: z.string().nullable(),
    connectionId: z.uuid().nullable(),
  }),
);

export const DeviceWentOnline = defineEvent(
  context,
  'DeviceWentOnline',
  pairedDevice.extend({
    sessionId: z.uuid(),
    sessionNumber: z.int().positive(),
    connectSequence: z.int().positive(),
    node: z.string(),
    connectionId: z.uuid(),
  }),
);
export const DeviceWentOffline = defineEvent(
  context,
  'DeviceWentOffline',
  pairedDevice.extend({ since: z.iso.datetime() }),
);
export const DeviceRenamed = defineEvent(
  context,
  'DeviceRenamed',
  pairedDevice.extend({ displayName: z.string().nullable(), location: z.string().nullable(), by: doneBy }),
);
/** The code is released. `sessionNumber`: the last session that pairing had heard of (0: none); it belongs to the pairing that is over. `by` is null when the device left the account or was retired. */
export const DeviceUnpaired = defineEvent(
  context,
  'DeviceUnpaired',
  pairedDevice.extend({ sessionNumber: z.int().nonnegative(), by: doneBy.nullable() }),
);
