import { z } from 'zod';
import { defineEvent } from './event-contract.js';

const context = 'device-gateway';

/** The connection that a report came in on. (sessionNumber, connectSequence) is compared; the highest is the device's newest. */
export const connection = z.object({
  node: z.string(),
  connectionId: z.uuid(),
  deviceId: z.uuid(),
  accountId: z.uuid(),
  sessionId: z.uuid(),
  sessionNumber: z.int().positive(),
  connectSequence: z.int().positive(),
});

const onConnection = <Shape extends z.core.$ZodLooseShape>(name: string, shape: Shape) =>
  defineEvent(context, name, connection.extend(shape));

export const screenStatus = {
  screen: z.string().max(40),
  battery: z.number().min(0).max(100).nullable(),
  network: z.string().max(40).nullable(),
} as const;

export const DeviceConnected = defineEvent(
  context,
  'DeviceConnected',
  connection.extend({ appVersion: z.string(), bootId: z.string(), screen: screenStatus.screen }),
);
export const DeviceDisconnected = defineEvent(context, 'DeviceDisconnected', connection.extend({ closeCode: z.int() }));
/** All connections of a node, at most 500 a message: told again after a broker reconnect, and each one once in 5 minutes. */
export const DevicesHeld = defineEvent(
  context,
  'DevicesHeld',
  z.object({ node: z.string(), connections: z.array(connection).max(500) }),
);
/** Every 3 s; a node silent for 10 s holds nobody. */
export const GatewayAlive = defineEvent(context, 'GatewayAlive', z.object({ node: z.string() }));
/** Only when it changed. */
export const DeviceStatusReported = defineEvent(context, 'DeviceStatusReported', connection.extend(screenStatus));
export const DeviceContinued = onConnection('DeviceContinued', {});
export const PingShown = onConnection('PingShown', { pingId: z.uuid() });

const payment = { paymentId: z.uuid() } as const;
const attempt = { ...payment, attempt: z.int().nonnegative() } as const;

export const PaymentReceivedOnDevice = onConnection('PaymentReceivedOnDevice', payment);
export const PaymentShownOnDevice = onConnection('PaymentShownOnDevice', payment);
export const CardPresented = onConnection('CardPresented', {
  ...attempt,
  tip: z.int().nonnegative(),
  entryMode: z.enum(['tap', 'insert', 'swipe']),
});
export const AttemptNotStarted = onConnection('AttemptNotStarted', attempt);

/** What the acquirer answered, as the device's journal holds it. Minor units; `amount` includes the tip. */
export const paymentResult = z.object({
  paymentId: z.uuid(),
  attempt: z.int().nonnegative(),
  outcome: z.enum(['approved', 'declined', 'failed']),
  amount: z.int().nonnegative(),
  tip: z.int().nonnegative(),
  currency: z.enum(['CAD', 'USD']),
  entryMode: z.enum(['tap', 'insert', 'swipe']).nullable(),
  card: z
    .object({
      type: z.string().min(2).max(3),
      firstSix: z.string().regex(/^\d{6}$/),
      lastFour: z.string().regex(/^\d{4}$/),
      holder: z.string().max(80),
      token: z.string().max(64),
    })
    .nullable(),
  approvalCode: z.string().max(20).nullable(),
  declineReason: z.string().max(60).nullable(),
});
export const PaymentResultReported = onConnection('PaymentResultReported', paymentResult.shape);
export const PaymentRefusedByDevice = onConnection('PaymentRefusedByDevice', {
  ...attempt,
  reason: z.enum(['busy', 'expired', 'unsupported']),
  heldPaymentId: z.uuid().nullable(),
});
export const PaymentCancelledOnDevice = onConnection('PaymentCancelledOnDevice', {
  ...attempt,
  by: z.enum(['customer', 'staff']),
});

export const unsettledEntry = z.object({
  paymentId: z.uuid(),
  stage: z.enum(['received', 'begun', 'started', 'result', 'cancelled', 'expired', 'stopped']),
  attempt: z.int().nonnegative(),
});
/** After each `DeviceConnected`: what the device's journal still holds unsettled. */
export const DeviceJournalReported = onConnection('DeviceJournalReported', {
  journalLost: z.boolean(),
  unsettled: z.array(unsettledEntry).max(32),
});
