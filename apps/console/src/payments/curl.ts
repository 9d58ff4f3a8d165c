import { deviceAddress } from '../api/devices.js';

export interface Order {
  readonly code: string;
  readonly amount: number;
  readonly currency: string;
  readonly description: string;
  readonly invoiceNumber: string;
  /** Percentages; empty: the account's own choice. */
  readonly tips: readonly number[];
}

/** The body of `POST …/payment/purchase`; what is empty is left out. */
export function bodyOf({ amount, currency, description, invoiceNumber, tips }: Order): object {
  return {
    currency,
    transactionAmount: amount,
    ...(description.trim() === '' ? {} : { description: description.trim() }),
    ...(invoiceNumber.trim() === '' ? {} : { invoiceNumber: invoiceNumber.trim() }),
    ...(tips.length === 0 ? {} : { tipping: { percentages: tips } }),
  };
}

export const purchaseAddress = (code: string): string => `${deviceAddress(code)}/payment/purchase`;

/** What a point of sale would send. */
export function curlOf(order: Order, origin: string): string {
  const json = JSON.stringify(bodyOf(order)).replaceAll("'", "'\\''");
  return [
    'curl -X POST \\',
    `  ${origin}${purchaseAddress(order.code)} \\`,
    `  -H "api-token: $API_TOKEN" \\`,
    `  -H 'content-type: application/json' \\`,
    `  -H 'prefer: wait=30' \\`,
    `  -d '${json}'`,
  ].join('\n');
}
