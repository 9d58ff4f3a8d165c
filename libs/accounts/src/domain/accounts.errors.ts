import { DomainError } from '#kernel';

/** One answer for a wrong PIN, a wrong password, an unknown e-mail and a user of another account: it tells nothing apart. */
export class InvalidCredentialsError extends DomainError {
  constructor() {
    super('invalid_credentials', 'Invalid Credentials');
  }
}

export class LockedOutError extends DomainError {
  constructor(retryAfterSeconds: number) {
    super('locked_out', 'Too many failed attempts', { retryAfterSeconds });
  }
}

/** More log-ins at once than this process can check. */
export class TooManyLogInsError extends DomainError {
  constructor() {
    super('unavailable', 'Too many log-ins at once', { retryAfterSeconds: 1 });
  }
}

export class AdministratorRequiredError extends DomainError {
  constructor() {
    super('forbidden', 'Only an administrator may do this');
  }
}

export class EmailTakenError extends DomainError {
  constructor() {
    super('email_taken', 'Another user has this e-mail address');
  }
}

export class PinTakenError extends DomainError {
  constructor() {
    super('pin_taken', 'Another user of the account has this PIN');
  }
}

export class NotFoundInAccountError extends DomainError {
  constructor(what: 'account' | 'user' | 'api_access', message: string) {
    super(`${what}_not_found`, message);
  }
}

/** An account without an administrator who can log in to the console could never get one again. */
export class LastAdministratorError extends DomainError {
  constructor() {
    super('last_administrator', 'This is the last administrator of the account; add another one first');
  }
}

export class OwnAccessError extends DomainError {
  constructor(what: 'end your own access' | 'change your own role') {
    super('own_access', `You cannot ${what}; another administrator can`);
  }
}

/** Another transaction changed it in between: nothing was written. */
export class ChangedMeanwhileError extends DomainError {
  constructor() {
    super('unavailable', 'Changed by somebody else at the same time, try again', { retryAfterSeconds: 1 });
  }
}
