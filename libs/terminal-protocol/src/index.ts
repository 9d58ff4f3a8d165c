export { type CloseCode, closeCodes } from './close-codes.js';
export {
  type ConnectionProof,
  connectionProof,
  deviceFrame,
  type DeviceFrame,
  type DeviceFrameOf,
  type DeviceFrameType,
  unsettledEntry,
} from './device-frames.js';
export { limits } from './limits.js';
export { card, moneyMessageTypes, paymentResultFields, resultTexts } from './money-frames.js';
export { depthExceeds, type FrameProblem, parseFrame, type Parsed } from './parse.js';
export { type FrameOf, platformFrame, type PlatformFrame, type PlatformFrameType } from './platform-frames.js';
export { addressedFrame, type AddressedFrame } from './addressed-frame.js';
export { sessionClaims, type SessionClaims, sessionTokenAudience, sessionTokenIssuer } from './session-claims.js';
