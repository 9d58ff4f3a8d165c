import type { ContextSchema } from '#database';
import { DeviceRow } from './device.row.js';
import { AddDeactivatedUsers1764400000100 } from './migrations/add-deactivated-users.js';
import { AddDeviceManagement1764100000100 } from './migrations/add-device-management.js';
import { CreateDeviceRegistry1763900000100 } from './migrations/create-device-registry.js';

export const deviceRegistrySchema: ContextSchema = {
  schema: 'device_registry',
  rows: [DeviceRow],
  migrations: [CreateDeviceRegistry1763900000100, AddDeviceManagement1764100000100, AddDeactivatedUsers1764400000100],
};
