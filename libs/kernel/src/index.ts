export { AggregateRoot, type Recorded } from './aggregate-root.js';
export { Clock, SystemClock } from './clock.js';
export { DomainError, type Facts, InvalidFieldError } from './domain-error.js';
export { newId } from './ids.js';
export { type Currency, currencies, Money } from './money.js';
