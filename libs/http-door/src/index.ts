export { compatibleBody, InvalidRequestError, strictBody } from './body.js';
export {
  type AccessLevel,
  accessLevels,
  type Caller,
  CallerAuthentication,
  CurrentCaller,
  type Permissions,
  type ProcessingLevel,
  processingLevels,
  type RequestWithCaller,
} from './caller.js';
export { DeviceAuthentication, type DeviceRequest, type SignedInDevice } from './device-caller.js';
export { localDateTime } from './local-date-time.js';
export { preferredWait } from './prefer-wait.js';
export {
  type DoorRule,
  doorRuleKey,
  ForDevices,
  type Need,
  Public,
  Requires,
  RequiresAdministrator,
  RequiresConsole,
  RequiresManager,
  satisfies,
} from './requires.js';
export { endWaits, untilGone } from './until-gone.js';
