export type Facts = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/**
 * A refusal: a stable `code` for programs, a sentence for people, and the facts behind it.
 * It knows no transport; the door that answers turns the code into a status.
 */
export abstract class DomainError extends Error {
  protected constructor(
    readonly code: string,
    message: string,
    readonly facts: Facts = {},
  ) {
    super(message);
    this.name = new.target.name;
  }
}

/** One field of a request says something that cannot be: the field is named, its value never repeated. */
export class InvalidFieldError extends DomainError {
  constructor(
    readonly field: string,
    readonly problem: string,
  ) {
    super('invalid_field', `${field}: ${problem}`, { field });
  }
}

/** Free text that holds what looks like a card number; where card numbers must not be, none is taken. */
export class CardDataNotAllowedError extends DomainError {
  constructor(field: string) {
    super('card_data_not_allowed', `${field}: looks like a card number, which must not be sent here`, { field });
  }
}
