import { DomainError } from '#kernel';

/** The serial number belongs to another key, or the key to another serial number: only a new set-up code or "replace key" in the console rebinds it. */
export class DeviceKnownError extends DomainError {
  constructor() {
    super(
      'device_known',
      'This serial number and this key are not registered together; ask the merchant to replace the key',
    );
  }
}

export class SetUpRequiredError extends DomainError {
  constructor(missing: readonly string[]) {
    super('setup_required', `First set-up is not complete: ${missing.join(', ')}`, { missing });
  }
}

export class AppUpdateRequiredError extends DomainError {
  constructor(minimum: string) {
    super('app_update_required', `The app must be updated to version ${minimum} or newer`, { minimum });
  }
}

/** Locked or retired: the device may deliver results, and nothing else. */
export class DeviceForbiddenError extends DomainError {
  constructor(reason: 'locked' | 'retired') {
    super('device_forbidden', `This device is ${reason}`, { reason });
  }
}

/** One answer for every fault of a proof or a token: it tells an attacker nothing apart. */
export class InvalidProofError extends DomainError {
  constructor() {
    super('invalid_proof', 'The device proof (DPoP) or its token is missing, used before, or not valid');
  }
}

/** The proof is good but for its time. A device with a wrong clock must be able to find out the right time. */
export class DeviceClockError extends DomainError {
  constructor(serverTime: Date) {
    super('invalid_proof', 'The clock of the device is more than 60 s off; set it by serverTime', {
      reason: 'clock',
      serverTime: serverTime.toISOString(),
    });
  }
}

export class UnknownDeviceError extends DomainError {
  constructor() {
    super('unknown_device', 'This device key is not known; start with POST /device/v1/setup');
  }
}

export class SessionEndedError extends DomainError {
  constructor() {
    super('session_ended', 'The session has ended; log in again');
  }
}

/** As accounts says it: whoever was deactivated while the log-in was checked learns no more than any other. */
export class InvalidCredentialsError extends DomainError {
  constructor() {
    super('invalid_credentials', 'Invalid Credentials');
  }
}

/** Binding a terminal to the account is for administrators and managers. */
export class BindingForbiddenError extends DomainError {
  constructor() {
    super('forbidden', 'Only an administrator or a manager may bind a terminal to the account');
  }
}

export class InvalidSetUpCodeError extends DomainError {
  constructor() {
    super('invalid_setup_code', 'This set-up code is not valid, was used, or is older than 10 minutes; make a new one');
  }
}

export class TooManySetUpCodesError extends DomainError {
  constructor(retryAfterSeconds: number) {
    super('too_many_requests', 'Too many wrong set-up codes from this address', { retryAfterSeconds });
  }
}

/** An unknown code and one of another account get the same answer. */
export class DeviceNotFoundError extends DomainError {
  constructor() {
    super('device_not_found', 'Device Not Found');
  }
}

export class ResultsUnsettledError extends DomainError {
  constructor() {
    super(
      'results_unsettled',
      'A payment on this device has no result yet; wait for it or settle it, or send "force": true',
    );
  }
}

export class TooManyUnboundDevicesError extends DomainError {
  constructor() {
    super('too_many_requests', 'Too many terminals wait for their set-up from this address', {
      retryAfterSeconds: 3600,
    });
  }
}

/** The device was changed in between by somebody else: nothing was written. */
export class DeviceChangedError extends DomainError {
  constructor() {
    super('unavailable', 'The device was changed at the same time, try again', { retryAfterSeconds: 1 });
  }
}
