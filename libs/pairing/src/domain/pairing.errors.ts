import { DomainError } from '#kernel';

/** An unknown code and one of another account get the same answer. */
export class DeviceNotFoundError extends DomainError {
  constructor() {
    super('device_not_found', 'Device Not Found');
  }
}

export class DeviceNotListeningError extends DomainError {
  constructor() {
    super('device_not_listening', 'Device Not Listening');
  }
}

/** A standalone session has no code to wait for. */
export class StandaloneSessionError extends DomainError {
  constructor() {
    super('standalone_session', 'This session is in standalone mode; turn API mode on, then log out and in again');
  }
}

/** So many codes of the account are in use that none was found. */
export class NoFreeCodeError extends DomainError {
  constructor() {
    super('no_free_code', 'No free device code was found');
  }
}
