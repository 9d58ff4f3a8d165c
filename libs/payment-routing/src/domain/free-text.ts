import { InvalidFieldError } from '#kernel';
import { CardDataNotAllowedError } from './payment-routing.errors.js';

/** Control characters, lone surrogates and marks that turn the direction of text round. */
const unprintable = /[\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u;
const digitRun = /(?:\d[ -]?){12,18}\d/g;

/** Text that people will read: bounded, printable, in NFC. */
export function freeText(value: string, field: string, max: number): string {
  if (value.length > max) throw new InvalidFieldError(field, `at most ${max} characters`);
  if (unprintable.test(value)) throw new InvalidFieldError(field, 'has characters that cannot be printed');
  return value.normalize('NFC');
}

/** Refuses what looks like a card number: 13 to 19 digits that pass the Luhn check. */
export function withoutCardNumber(value: string, field: string): string {
  for (const [run] of value.normalize('NFKC').matchAll(digitRun)) {
    if (passesLuhn(run.replace(/\D/g, ''))) throw new CardDataNotAllowedError(field);
  }
  return value;
}

function passesLuhn(digits: string): boolean {
  const sum = Array.from(digits).reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
