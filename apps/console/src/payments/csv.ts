import { type Payment, totalOf } from '../api/payments.js';

const columns: readonly (readonly [head: string, of: (payment: Payment) => string | number | null])[] = [
  ['id', ({ id }) => id],
  ['createdAt', ({ createdAt }) => createdAt],
  ['kind', ({ kind }) => kind],
  ['status', ({ status }) => status],
  ['reason', ({ reason }) => reason],
  ['total', totalOf],
  ['tipAmount', ({ tipAmount }) => tipAmount],
  ['currency', ({ currency }) => currency],
  ['deviceCode', ({ deviceCode }) => deviceCode],
  ['invoiceNumber', ({ invoiceNumber }) => invoiceNumber],
  ['customerCode', ({ customerCode }) => customerCode],
  ['transactionId', ({ transactionId }) => transactionId],
  ['cardType', ({ cardTransaction }) => cardTransaction?.cardType ?? null],
  ['cardNumber', ({ cardTransaction }) => cardTransaction?.cardNumber ?? null],
  ['approvalCode', ({ cardTransaction }) => cardTransaction?.approvalCode ?? null],
];

/** RFC 4180, with a header line. */
export function csvOf(payments: readonly Payment[]): string {
  const lines = payments.map((payment) => columns.map(([, of]) => cell(of(payment))).join(','));
  return [columns.map(([head]) => head).join(','), ...lines].join('\r\n');
}

/** A spreadsheet must not take a text of a customer for a formula. */
function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
