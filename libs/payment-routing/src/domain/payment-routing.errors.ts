import { DomainError } from '#kernel';

/** An unknown code and one of another account get the same answer. */
export class DeviceNotFoundError extends DomainError {
  constructor() {
    super('device_not_found', 'Device Not Found');
  }
}

export class ApiModeOffError extends DomainError {
  constructor() {
    super('api_mode_off', 'API Mode Off');
  }
}

export class DeviceLockedError extends DomainError {
  constructor() {
    super('device_locked', 'Device Locked');
  }
}

export class DeviceNotListeningError extends DomainError {
  constructor() {
    super('device_not_listening', 'Device Not Listening');
  }
}

export class DeviceBusyError extends DomainError {
  constructor() {
    super('device_busy', 'Device Busy');
  }
}

export class IdempotencyKeyReusedError extends DomainError {
  constructor() {
    super('idempotency_key_reused', 'This idempotency-key belongs to another payment; use a new key for a new payment');
  }
}

/** The card step may have begun, or the payment has ended otherwise: its status says which. */
export class TooLateError extends DomainError {
  constructor(status: string) {
    super('too_late', `Too late to cancel: the payment is ${status.replaceAll('_', ' ')}`, { status });
  }
}

export class NotUnknownError extends DomainError {
  constructor() {
    super('not_unknown', 'Only an unknown payment can be resolved');
  }
}

/** Who may take payments may not give money back. */
export class NoPermissionError extends DomainError {
  constructor() {
    super('forbidden', 'No access permission');
  }
}

/** `left`: what may still be given back, in decimal units. */
export class RefundTooHighError extends DomainError {
  constructor(left: number) {
    super('refund_too_high', 'More than what is left of the original payment', { left });
  }
}

export class PaymentNotFoundError extends DomainError {
  constructor() {
    super('payment_not_found', 'Payment Not Found');
  }
}

export class CardTransactionNotFoundError extends DomainError {
  constructor() {
    super('card_transaction_not_found', 'Card Transaction Not Found');
  }
}
