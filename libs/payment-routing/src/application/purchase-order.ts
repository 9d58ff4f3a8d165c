import { createHash } from 'node:crypto';
import { type Currency, InvalidFieldError, Money } from '#kernel';
import { withoutCardNumber } from '../domain/card-number.js';
import { displayText, referenceText } from '../domain/free-text.js';
import type { PurchaseOrder } from './start-purchase.js';

const defaults = { deliverWithin: 10, payWithin: 120 } as const;
const most = { reference: 50, description: 80, metadataKeys: 20, metadataKey: 40, metadataValue: 500 } as const;
const keyForm = /^[A-Za-z0-9\-_.:]{8,128}$/;

/** A purchase as the point of sale asks for it; the forms of its fields are checked already. */
export interface AskedPurchase {
  readonly currency: string;
  readonly transactionAmount: number;
  readonly invoiceNumber?: unknown;
  readonly customerCode?: unknown;
  readonly deliverWithin?: number | null | undefined;
  readonly payWithin?: number | null | undefined;
  readonly description?: string | null | undefined;
  readonly metadata?: Readonly<Record<string, unknown>> | null | undefined;
}

export interface AskedBy {
  readonly accountId: string;
  readonly apiMode: boolean;
  readonly timeZone: string;
  readonly currency: Currency;
}

/** Checks what only the account can tell, and makes the order. Rejects with `invalid_field` and `card_data_not_allowed`. */
export function purchaseOrder(
  asked: AskedPurchase,
  by: AskedBy,
  deviceCode: string,
  idempotencyKey: string | undefined,
): PurchaseOrder {
  if (asked.currency !== by.currency)
    throw new InvalidFieldError('currency', `must be ${by.currency} for this account`);
  const order = {
    deviceCode: deviceCode.toUpperCase(),
    amount: Money.fromDecimal(asked.transactionAmount, by.currency, 'transactionAmount').minor,
    currency: by.currency,
    invoiceNumber: reference(asked.invoiceNumber, 'invoiceNumber'),
    customerCode: reference(asked.customerCode, 'customerCode'),
    description: description(asked.description),
    tipping: null,
    metadata: metadata(asked.metadata ?? {}),
    deliverWithinMs: (asked.deliverWithin ?? defaults.deliverWithin) * 1000,
    payWithinMs: (asked.payWithin ?? defaults.payWithin) * 1000,
  };
  const { accountId, apiMode, timeZone } = by;
  return { accountId, apiMode, timeZone, ...order, idempotency: idempotency(idempotencyKey, order) };
}

/** Obeyed when sent; one of another form is refused, for ignoring it would promise what is not kept. */
function idempotency(key: string | undefined, order: object): PurchaseOrder['idempotency'] {
  if (key === undefined) return null;
  if (!keyForm.test(key)) throw new InvalidFieldError('idempotency-key', 'must be 8 to 128 of A-Z a-z 0-9 - _ . :');
  const payloadHash = createHash('sha256')
    .update(JSON.stringify({ kind: 'purchase', ...order }))
    .digest('base64url');
  return { key, payloadHash };
}

/** Empty and null count as left out, for existing clients send them so. */
function reference(value: unknown, field: string): string | null {
  if (value === undefined || value === null || value === '') return null;
  if (typeof value !== 'string') throw new InvalidFieldError(field, 'must be text');
  return referenceText(value, field, most.reference);
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
