import { CardDataNotAllowedError } from './domain-error.js';

/** Digits in groups, as people write numbers. */
const groupedDigits = /\d+(?:[ .\-\u2010-\u2015]\d+)*/g;
/** 13 to 19 digits that begin like the card numbers of a scheme. */
const cardForm = /^(?:3[04-9]|4|5|6|2[2-7]|81)\d+$/;
const length = { min: 13, max: 19 } as const;

/** Refuses what looks like a card number with `card_data_not_allowed`, however it is grouped. */
export function withoutCardNumber(value: string, field: string): string {
  for (const [digits] of value.normalize('NFKC').matchAll(groupedDigits)) {
    if (holdsCardNumber(digits.split(/\D/))) throw new CardDataNotAllowedError(field);
  }
  return value;
}

/** Any run of neighbouring groups may be the number: a year or a count may stand before it. */
function holdsCardNumber(groups: readonly string[]): boolean {
  return groups.some((_, first) => {
    let number = '';
    for (const group of groups.slice(first)) {
      number += group;
      if (number.length > length.max) return false;
      if (number.length >= length.min && cardForm.test(number) && passesLuhn(number)) return true;
    }
    return false;
  });
}

/** For texts that are stored whatever they hold: what looks like a card number becomes `****`. */
export function maskedCardNumber(value: string): string {
  const plain = value.normalize('NFKC');
  const masked = plain.replace(groupedDigits, (digits) => (holdsCardNumber(digits.split(/\D/)) ? '****' : digits));
  return masked === plain ? value : masked;
}

function passesLuhn(digits: string): boolean {
  const sum = Array.from(digits)
    .reverse()
    .reduce((total, digit, index) => {
      const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return sum % 10 === 0;
}
