import { createHash } from 'node:crypto';
import {
  type Currency,
  displayText,
  type DoneBy,
  InvalidFieldError,
  Money,
  referenceText,
  withoutCardNumber,
} from '#kernel';
import type { Tipping } from '../domain/payment.js';
import type { PaymentOrder } from './accept-payment.js';
import type { RefundOrder } from './start-refund.js';

const most = {
  reference: 50,
  description: 80,
  metadataKeys: 20,
  metadataKey: 40,
  metadataValue: 500,
  percentages: 5,
} as const;
const keyForm = /^[A-Za-z0-9\-_.:]{8,128}$/;

/** What a purchase and a refund have in common, as the point of sale asks for it; the forms of the fields are checked already. */
export interface AskedPayment {
  readonly transactionAmount: number;
  readonly invoiceNumber?: unknown;
  readonly customerCode?: unknown;
  readonly deliverWithin?: number | null | undefined;
  readonly payWithin?: number | null | undefined;
  readonly description?: string | null | undefined;
  readonly metadata?: Readonly<Record<string, unknown>> | null | undefined;
}

export interface AskedPurchase extends AskedPayment {
  readonly currency: string;
  readonly tipping?: unknown;
}

export interface AskedRefund extends AskedPayment {
  readonly currency?: string | null | undefined;
  readonly originalTransactionId: number;
}

export interface AskedBy {
  readonly actor: DoneBy;
  readonly accountId: string;
  readonly apiMode: boolean;
  readonly timeZone: string;
  readonly currency: Currency;
  readonly paymentDefaults: {
    readonly deliverWithin: number;
    readonly payWithin: number;
    readonly tipping: Tipping | null;
  };
}

/** Where and how often: the device's code, and the idempotency key if one was sent. */
export interface AskedOn {
  readonly deviceCode: string;
  readonly idempotencyKey: string | undefined;
}

/** Checks what only the account can tell, and makes the order. Rejects with `invalid_field` and `card_data_not_allowed`. */
export function purchaseOrder(asked: AskedPurchase, by: AskedBy, on: AskedOn): PaymentOrder {
  requireCurrency(asked.currency, by);
  const payload = { ...common(asked, by, on), kind: 'purchase', tipping: tipping(asked.tipping) } as const;
  return completed(payload, by, on);
}

/** As `purchaseOrder`; a refund has no tip. */
export function refundOrder(asked: AskedRefund, by: AskedBy, on: AskedOn): RefundOrder {
  if (asked.currency !== undefined && asked.currency !== null) requireCurrency(asked.currency, by);
  const { originalTransactionId } = asked;
  const payload = { ...common(asked, by, on), kind: 'refund', tipping: false, originalTransactionId } as const;
  return completed(payload, by, on);
}

function common(asked: AskedPayment, { currency }: AskedBy, { deviceCode }: AskedOn) {
  return {
    deviceCode: deviceCode.toUpperCase(),
    amount: Money.fromDecimal(asked.transactionAmount, currency, 'transactionAmount').minor,
    currency,
    invoiceNumber: reference(asked.invoiceNumber, 'invoiceNumber'),
    customerCode: reference(asked.customerCode, 'customerCode'),
    description: description(asked.description),
    metadata: metadata(asked.metadata ?? {}),
    deliverWithin: asked.deliverWithin ?? null,
    payWithin: asked.payWithin ?? null,
  };
}

/** What was asked for, read but not filled up. `null`: left out. */
type Payload = ReturnType<typeof common> & {
  readonly kind: PaymentOrder['kind'];
  readonly tipping: Tipping | false | null;
};

/** What was left out is what the account chose. The key stands for the payload before that: a repeat is a repeat, whatever the account chose since. */
function completed<Asked extends Payload>(payload: Asked, by: AskedBy, { idempotencyKey }: AskedOn) {
  const { accountId, apiMode, timeZone, actor: requestedBy, paymentDefaults: chosen } = by;
  return {
    ...payload,
    ...{ accountId, apiMode, timeZone, requestedBy },
    tipping: payload.tipping === null ? chosen.tipping : payload.tipping || null,
    deliverWithinMs: (payload.deliverWithin ?? chosen.deliverWithin) * 1000,
    payWithinMs: (payload.payWithin ?? chosen.payWithin) * 1000,
    idempotency: idempotency(idempotencyKey, payload),
  };
}

function requireCurrency(currency: string, by: AskedBy): void {
  if (currency !== by.currency) throw new InvalidFieldError('currency', `must be ${by.currency} for this account`);
}

/** `{"percentages": [15, 18, 20]}`, or `false` for none; null: left out. */
function tipping(value: unknown): Tipping | false | null {
  if (value === undefined || value === null) return null;
  if (value === false) return false;
  const percentages: unknown = typeof value === 'object' && 'percentages' in value ? value.percentages : undefined;
  const known = Array.isArray(percentages) ? percentages.filter(isPercentage) : [];
  if (
    !Array.isArray(percentages) ||
    known.length !== percentages.length ||
    known.length < 1 ||
    known.length > most.percentages
  ) {
    throw new InvalidFieldError(
      'tipping',
      'must be false, or {"percentages": [15, 18, 20]} with 1 to 5 whole numbers from 0 to 100',
    );
  }
  return { percentages: known };
}

const isPercentage = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 100;

/** Obeyed when sent; one of another form is refused, for ignoring it would promise what is not kept. */
function idempotency(key: string | undefined, payload: object): PaymentOrder['idempotency'] {
  if (key === undefined) return null;
  if (!keyForm.test(key)) throw new InvalidFieldError('idempotency-key', 'must be 8 to 128 of A-Z a-z 0-9 - _ . :');
  const payloadHash = createHash('sha256').update(JSON.stringify(payload)).digest('base64url');
  return { key, payloadHash };
}

/** Empty and null count as left out, for existing clients send them so. */
function reference(value: unknown, field: string): string | null {
  if (value === undefined || value === null || value === '') return null;
  if (typeof value !== 'string') throw new InvalidFieldError(field, 'must be text');
  return withoutCardNumber(referenceText(value, field, most.reference), field);
}

function description(value: string | null | undefined): string | null {
  if (value === undefined || value === null || value === '') return null;
  return withoutCardNumber(displayText(value, 'description', most.description), 'description');
}

function metadata(value: Readonly<Record<string, unknown>>): Record<string, string> {
  const entries = Object.entries(value);
  if (entries.length > most.metadataKeys) {
    throw new InvalidFieldError('metadata', `at most ${most.metadataKeys} keys`);
  }
  // In the order of the keys: a repeat that names them in another order is the same payload.
  return Object.fromEntries(entries.map(([key, text]) => [metadataKey(key), metadataValue(text)] as const).sort(byKey));
}

function metadataKey(key: string): string {
  return withoutCardNumber(referenceText(key, 'metadata', most.metadataKey), 'metadata');
}

function metadataValue(value: unknown): string {
  if (typeof value !== 'string') throw new InvalidFieldError('metadata', 'each value must be text');
  return withoutCardNumber(referenceText(value, 'metadata', most.metadataValue), 'metadata');
}

const byKey = ([a]: readonly [string, string], [b]: readonly [string, string]): number => (a < b ? -1 : 1);
