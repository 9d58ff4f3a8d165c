import { InvalidFieldError } from './domain-error.js';

/** Control characters, lone surrogates, line separators, and marks that turn the direction of text round. */
const unprintable = /[\p{Cc}\p{Cs}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/u;
const everyUnprintable = new RegExp(unprintable, 'gu');

/** A name that the point of sale finds its payment by: bounded, printable, and otherwise kept as it came. */
export function referenceText(value: string, field: string, max: number): string {
  if (value.length > max) throw new InvalidFieldError(field, `at most ${max} characters`);
  if (unprintable.test(value)) throw new InvalidFieldError(field, 'has characters that cannot be printed');
  return value;
}

/** Text that people will read: in NFC, which may be longer than what was sent, and bounded after it. */
export const displayText = (value: string, field: string, max: number): string =>
  referenceText(value.normalize('NFC'), field, max);

/** What a card says of itself may hold anything; what could not be stored or shown is left out. */
export const printable = (value: string): string => value.replace(everyUnprintable, '');
