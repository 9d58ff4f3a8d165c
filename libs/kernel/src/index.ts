export { AggregateRoot, type Recorded } from './aggregate-root.js';
export { maskedCardNumber, withoutCardNumber } from './card-number.js';
export { Clock, SystemClock } from './clock.js';
export { CardDataNotAllowedError, DomainError, type Facts, InvalidFieldError } from './domain-error.js';
export type { DoneBy } from './done-by.js';
export { displayText, printable, referenceText } from './free-text.js';
export { isId, newId } from './ids.js';
export { type Currency, currencies, Money } from './money.js';
