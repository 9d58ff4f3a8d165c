import { DomainError } from '#kernel';

/** One text for every reason: who tries keys learns nothing from the answer. */
export class UnauthenticatedError extends DomainError {
  constructor() {
    super('unauthenticated', 'the session token and the proof do not open this connection');
  }
}

export class NotAuthenticatedError extends DomainError {
  constructor() {
    super('not_authenticated', 'authenticate first');
  }
}

export class AlreadyAuthenticatedError extends DomainError {
  constructor() {
    super('already_authenticated', 'this connection has its authentication');
  }
}

/** A newer connection of the same device is here. */
export class SupersededError extends DomainError {
  constructor() {
    super('superseded', 'a newer connection of this device is open');
  }
}

/** Not the device's fault: what it said could not be passed on, or nobody can say now who it is. */
export class UnavailableError extends DomainError {
  constructor() {
    super('unavailable', 'the platform cannot take this now');
  }
}
