import { z } from 'zod';

const id = z.uuid();
/** Any sum that accounts can ask for, with its tip. */
const minor = z.int().nonnegative().max(999_999_999_999);
const tip = z.int().nonnegative().max(99_999_999_999);
/** As large as the platform can store. */
export const attempt = z.int().nonnegative().max(2_147_483_647);
const time = z.iso.datetime();
const text = (max: number) => z.string().max(max);

export const currency = z.enum(['CAD', 'USD']);
export const entryMode = z.enum(['tap', 'insert', 'swipe']);

/** Characters at most of what an acquirer says in its own words. */
export const resultTexts = { holder: 80, approvalCode: 20, declineReason: 60 } as const;

export const card = z.strictObject({
  type: z.string().min(2).max(3),
  firstSix: z.string().regex(/^\d{6}$/),
  lastFour: z.string().regex(/^\d{4}$/),
  holder: text(resultTexts.holder),
  token: text(64),
});

const message = <const Type extends string, Shape extends z.core.$ZodLooseShape>(type: Type, shape: Shape) =>
  z.strictObject({ type: z.literal(type), id, ...shape });

/** Platform to device. Amounts are minor units. */
export const paymentRequest = message('payment.request', {
  paymentId: id,
  kind: z.enum(['purchase', 'refund']),
  amount: minor,
  currency,
  description: text(80).nullable(),
  tipping: z.strictObject({ percentages: z.array(z.int().min(0).max(100)).max(5) }).nullable(),
  /** The prompt may appear only before this time of the server's clock. */
  showBefore: time,
  /** The card step may begin only before this time of the server's clock. */
  payBefore: time,
  original: z.strictObject({ transactionId: z.int().positive(), cardToken: text(64), cardNumber: text(10) }).nullable(),
});
export const paymentWithdraw = message('payment.withdraw', { paymentId: id, reason: text(40) });
/** The go-ahead for one attempt: the device charges exactly `amount`, with exactly this key, and only before `startBefore`. */
export const paymentProceed = message('payment.proceed', {
  paymentId: id,
  attempt: attempt.positive(),
  amount: minor,
  authorisationKey: z.string().min(8).max(64),
  startBefore: time,
});
export const paymentStop = message('payment.stop', { paymentId: id, reason: text(40) });
export const paymentSettled = message('payment.settled', { paymentId: id });

/** Device to platform. */
export const paymentReceived = message('payment.received', { paymentId: id, at: time });
export const paymentShown = message('payment.shown', { paymentId: id, at: time });
export const paymentRefused = message('payment.refused', {
  paymentId: id,
  attempt,
  reason: z.enum(['busy', 'expired', 'unsupported']),
  /** With `busy`: the payment that the device still holds. */
  heldPaymentId: id.nullable(),
});
export const paymentBegin = message('payment.begin', {
  paymentId: id,
  attempt: attempt.positive(),
  tip,
  entryMode,
});
/** This attempt and all before it did not start. */
export const paymentNotStarted = message('payment.not_started', { paymentId: id, attempt });
export const paymentResultFields = {
  paymentId: id,
  attempt,
  outcome: z.enum(['approved', 'declined', 'failed']),
  /** What was charged or refused, tip included. */
  amount: minor,
  tip,
  currency,
  entryMode: entryMode.nullable(),
  card: card.nullable(),
  approvalCode: text(resultTexts.approvalCode).nullable(),
  /** With declined or failed: why, as a short code such as `insufficient_funds` or `interrupted`. */
  declineReason: text(resultTexts.declineReason).nullable(),
} as const;
export const paymentResult = message('payment.result', paymentResultFields);
export const paymentCancelled = message('payment.cancelled', {
  paymentId: id,
  attempt,
  by: z.enum(['customer', 'staff']),
});

/** The device messages that are acknowledged, since money depends on them. */
export const moneyMessageTypes = [
  'payment.received',
  'payment.shown',
  'payment.refused',
  'payment.begin',
  'payment.not_started',
  'payment.result',
  'payment.cancelled',
] as const;
