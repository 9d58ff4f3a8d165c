export { AuthenticateDevice } from './application/authenticate-device.js';
export {
  DeviceRegistrySettings,
  type SignedInUser,
  UnsettledPayments,
  UserAuthentication,
} from './application/ports.js';
export { SessionTokens } from './application/session-tokens.js';
export { DeviceRegistryModule } from './device-registry.module.js';
export { deviceRegistrySchema } from './infrastructure/device-registry.schema.js';
