import { everyPayment, type PaymentFilter, paymentStatuses } from '../api/payments.js';

/** A filter as it stands in the address: what is empty is left out. */
export type FilterSearch = { readonly [Name in keyof PaymentFilter]?: string };

/** Empty, or one that there can be: the platform refuses any other. */
export const isDeviceCode = (text: string): boolean => /^([0-9A-Za-z]{4})?$/.test(text);

/** What an address says, as far as it makes sense; numbers are texts that look like one. */
export function searchedFilter(search: Readonly<Record<string, unknown>>): FilterSearch {
  const { status, deviceCode, invoiceNumber } = { ...everyPayment, ...textsOf(search) };
  const known = paymentStatuses.some((one) => one === status);
  return shortened({ status: known ? status : '', deviceCode, invoiceNumber });
}

export const shortened = (filter: PaymentFilter): FilterSearch =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ''));

const textsOf = (search: Readonly<Record<string, unknown>>): FilterSearch =>
  Object.fromEntries(
    Object.entries(search).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : [],
    ),
  );
