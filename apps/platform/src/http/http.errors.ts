import { DomainError } from '#kernel';

export class UnauthenticatedError extends DomainError {
  constructor() {
    super('unauthenticated', 'Unauthorized: send your API token in the header api-token');
  }
}

export class UnknownTokenError extends DomainError {
  constructor() {
    super('forbidden', 'Unauthorized: this API token is not known or not active');
  }
}

export class NoPermissionError extends DomainError {
  constructor() {
    super('forbidden', 'No access permission');
  }
}

/** A browser sent the console's cookie from a page of another site. */
export class ForeignOriginError extends DomainError {
  constructor() {
    super('forbidden', 'This request came from another site');
  }
}

export class BadJsonError extends DomainError {
  constructor(problem: string) {
    super('bad_json', `The body is not valid: ${problem}`);
  }
}

export class UnsupportedMediaTypeError extends DomainError {
  constructor(problem: string) {
    super('unsupported_media_type', problem);
  }
}

/** More than the account may. `retryAfterMs` is rounded up to whole seconds. */
export class TooManyRequestsError extends DomainError {
  constructor(retryAfterMs: number) {
    const retryAfterSeconds = Math.max(1, Math.ceil(retryAfterMs / 1_000));
    super('too_many_requests', `Too many requests; try again in ${retryAfterSeconds} s`, { retryAfterSeconds });
  }
}
