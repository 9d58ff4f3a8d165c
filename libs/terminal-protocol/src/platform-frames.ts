import { z } from 'zod';
import * as money from './money-frames.js';

const id = z.uuid();
const time = z.iso.datetime();
const text = (max: number) => z.string().max(max);

export const settings = z.object({
  type: z.literal('settings'),
  id,
  mode: z.enum(['api', 'standalone']),
  code: z.string().length(4).nullable(),
  continued: z.boolean(),
  listening: z.boolean(),
  accountName: text(120),
  /** What the merchant calls the device; null: nothing. Older platforms do not say it. */
  deviceName: text(80).nullable().optional(),
  locale: text(35),
  tipping: z.object({ percentages: z.array(z.int().min(0).max(100)).max(5) }).nullable(),
});

/**
 * Every message that the platform may send. Fields that a newer platform adds are left out, as terminals stay in the field for
 * years; only where money moves a field that is not known might change what is charged, and the message is refused.
 */
export const platformFrame = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('hello'),
    id,
    connectionId: id,
    nonce: z.string(),
    serverTime: time,
    heartbeatMs: z.int().positive(),
  }),
  z.object({ type: z.literal('ready'), id, serverTime: time }),
  settings,
  z.object({ type: z.literal('heartbeat.ack'), id, serverTime: time }),
  /** The broker has confirmed the money message `of`. */
  z.object({ type: z.literal('ack'), id, of: id }),
  /** Something was wrong with the message `of` (null where it had no readable id). */
  z.object({ type: z.literal('error'), id, code: text(40), message: text(200), of: id.nullable() }),
  z.object({ type: z.literal('reconnect'), id, afterMs: z.int().nonnegative(), reason: text(40) }),
  z.object({ type: z.literal('session.end'), id, reason: text(40) }),
  z.object({ type: z.literal('lock'), id, reason: text(80) }),
  z.object({ type: z.literal('unlock'), id, reason: text(80) }),
  z.object({ type: z.literal('ping'), id, pingId: id, message: text(80) }),
  z.object({ type: z.literal('display'), id, text: text(200), seconds: z.int().min(1).max(300) }),
  money.paymentRequest,
  money.paymentWithdraw,
  money.paymentProceed,
  money.paymentStop,
  money.paymentSettled,
]);
export type PlatformFrame = z.output<typeof platformFrame>;
export type PlatformFrameType = PlatformFrame['type'];
export type FrameOf<Type extends PlatformFrameType> = Extract<PlatformFrame, { type: Type }>;
