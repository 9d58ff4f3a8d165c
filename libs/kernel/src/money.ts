import { InvalidFieldError } from './domain-error.js';

export const currencies = ['CAD', 'USD'] as const;
export type Currency = (typeof currencies)[number];

const decimalText = /^(\d{1,9})(?:\.(\d{1,2}))?$/;

/** An amount in integer minor units (cents) of one currency; never negative. */
export class Money {
  private constructor(
    readonly minor: number,
    readonly currency: Currency,
  ) {}

  static ofMinor(minor: number, currency: Currency): Money {
    if (!Number.isSafeInteger(minor) || minor < 0) throw new RangeError('money is a whole number of cents from 0');
    return new Money(minor, currency);
  }

  /** Reads a JSON number as decimal units by its shortest text, without arithmetic on floats. */
  static fromDecimal(value: number, currency: Currency, field: string): Money {
    const match = decimalText.exec(String(value));
    if (!match) throw new InvalidFieldError(field, decimalProblem(value));
    const minor = Number(`${match[1] ?? '0'}${(match[2] ?? '').padEnd(2, '0')}`);
    if (minor === 0) throw new InvalidFieldError(field, 'must be more than 0');
    return new Money(minor, currency);
  }

  /** Decimal units for the wire: 1099 cents become 10.99. */
  toDecimal(): number {
    return Number(`${Math.trunc(this.minor / 100)}.${String(this.minor % 100).padStart(2, '0')}`);
  }
}

function decimalProblem(value: number): string {
  if (value < 0) return 'must be more than 0';
  if (value >= 1_000_000_000) return 'must be at most 999999999.99';
  if (Number.isFinite(value)) return 'at most 2 decimals';
  return 'must be a number';
}
