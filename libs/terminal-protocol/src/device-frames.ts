import { z } from 'zod';
import { limits } from './limits.js';
import * as money from './money-frames.js';

const id = z.uuid();
/** What no device has a reason to send, and no database takes, is refused here: NUL and its like. */
const text = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must not have control characters');
const status = {
  screen: text(40),
  battery: z.number().min(0).max(100).nullable(),
  network: text(40).nullable(),
} as const;

export const unsettledEntry = z.strictObject({
  paymentId: id,
  stage: z.enum(['received', 'begun', 'started', 'result', 'cancelled', 'expired', 'stopped']),
  attempt: money.attempt,
});

export const authenticate = z.strictObject({
  type: z.literal('authenticate'),
  id,
  sessionToken: z.string().max(4096),
  /** Compact JWS (ES256) by the device key over {nonce, connectionId, origin, bootId, connectSequence}. */
  proof: z.string().max(4096),
  bootId: id,
  connectSequence: z.int().positive(),
  appVersion: text(40),
  screen: text(40),
  journalLost: z.boolean().optional(),
  unsettled: z.array(unsettledEntry).max(limits.unsettledMax),
});

/** What the proof in `authenticate` signs: this connection, of this host, and no other. */
export const connectionProof = z.object({
  nonce: z.string(),
  connectionId: id,
  origin: z.string(),
  bootId: id,
  connectSequence: z.int().positive(),
});
export type ConnectionProof = z.output<typeof connectionProof>;

/** Every message that a device may send. */
export const deviceFrame = z.discriminatedUnion('type', [
  authenticate,
  z.strictObject({ type: z.literal('heartbeat'), id, ...status }),
  z.strictObject({ type: z.literal('status'), id, ...status, storage: text(40).nullable() }),
  z.strictObject({ type: z.literal('token'), id, sessionToken: z.string().max(4096) }),
  z.strictObject({ type: z.literal('continue'), id }),
  z.strictObject({ type: z.literal('ping.shown'), id, pingId: id }),
  money.paymentReceived,
  money.paymentShown,
  money.paymentRefused,
  money.paymentBegin,
  money.paymentNotStarted,
  money.paymentResult,
  money.paymentCancelled,
]);
export type DeviceFrame = z.output<typeof deviceFrame>;
export type DeviceFrameType = DeviceFrame['type'];
export type DeviceFrameOf<Type extends DeviceFrameType> = Extract<DeviceFrame, { type: Type }>;
