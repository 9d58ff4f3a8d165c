import type { ContextSchema } from '#database';
import { AddDeviceLabels1764100000200 } from './migrations/add-device-labels.js';
import { CreatePairing1763900000200 } from './migrations/create-pairing.js';
import { PairedDeviceRow } from './paired-device.row.js';

export const pairingSchema: ContextSchema = {
  schema: 'pairing',
  rows: [PairedDeviceRow],
  migrations: [CreatePairing1763900000200, AddDeviceLabels1764100000200],
};
