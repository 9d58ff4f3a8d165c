import { Controller } from '@nestjs/common';
import {
  type EventOf,
  PaymentAbandoned,
  PaymentApproved,
  PaymentCancelled,
  PaymentConflictFound,
  PaymentDeclined,
  PaymentFailed,
  PaymentNotDelivered,
  PaymentProceeded,
  PaymentRequested,
  PaymentResumed,
  PaymentShown,
  PaymentUnknown,
} from '#contracts';
import type { Tx } from '#database';
import { On } from '#messaging';
import { heardOf } from './heard-of.js';
import { LogEvent } from './log-event.js';
import { ofConflict, ofPayment } from './public-events.js';

/** Every change of a payment is in its account's log. */
@Controller()
export class OnPaymentChanged {
  constructor(private readonly logEvent: LogEvent) {}

  @On(PaymentRequested, 'notifications')
  async requested(event: EventOf<typeof PaymentRequested>, tx: Tx): Promise<void> {
    await this.logEvent.execute(tx, heardOf(PaymentRequested, event, ofPayment('payment.requested', event.data)));
  }

  @On(PaymentShown, 'notifications')
  async shown(event: EventOf<typeof PaymentShown>, tx: Tx): Promise<void> {
    await this.logEvent.execute(tx, heardOf(PaymentShown, event, ofPayment('payment.shown', event.data)));
  }

  @On(PaymentProceeded, 'notifications')
  async proceeded(event: EventOf<typeof PaymentProceeded>, tx: Tx): Promise<void> {
    await this.logEvent.execute(tx, heardOf(PaymentProceeded, event, ofPayment('payment.processing', event.data)));
  }

  @On(PaymentResumed, 'notifications')
  async resumed(event: EventOf<typeof PaymentResumed>, tx: Tx): Promise<void> {
    await this.logEvent.execute(tx, heardOf(PaymentResumed, event, ofPayment('payment.resumed', event.data)));
  }

  @On(PaymentApproved, 'notifications')
  async approved(event: EventOf<typeof PaymentApproved>, tx: Tx): Promise<void> {
    await this.logEvent.execute(tx, heardOf(PaymentApproved, event, ofPayment('payment.approved', event.data)));
  }

  @On(PaymentDeclined, 'notifications')
  async declined(event: EventOf<typeof PaymentDeclined>, tx: Tx): Promise<void> {
    await this.logEvent.execute(tx, heardOf(PaymentDeclined, event, ofPayment('payment.declined', event.data)));
  }

  @On(PaymentCancelled, 'notifications')
  async cancelled(event: EventOf<typeof PaymentCancelled>, tx: Tx): Promise<void> {
    await this.logEvent.execute(tx, heardOf(PaymentCancelled, event, ofPayment('payment.cancelled', event.data)));
  }

  @On(PaymentNotDelivered, 'notifications')
  async notDelivered(event: EventOf<typeof PaymentNotDelivered>, tx: Tx): Promise<void> {
    await this.logEvent.execute(
      tx,
      heardOf(PaymentNotDelivered, event, ofPayment('payment.not_delivered', event.data)),
    );
  }

  @On(PaymentAbandoned, 'notifications')
  async abandoned(event: EventOf<typeof PaymentAbandoned>, tx: Tx): Promise<void> {
    await this.logEvent.execute(tx, heardOf(PaymentAbandoned, event, ofPayment('payment.abandoned', event.data)));
  }

  @On(PaymentFailed, 'notifications')
  async failed(event: EventOf<typeof PaymentFailed>, tx: Tx): Promise<void> {
    await this.logEvent.execute(tx, heardOf(PaymentFailed, event, ofPayment('payment.failed', event.data)));
  }

  @On(PaymentUnknown, 'notifications')
  async unknown(event: EventOf<typeof PaymentUnknown>, tx: Tx): Promise<void> {
    await this.logEvent.execute(tx, heardOf(PaymentUnknown, event, ofPayment('payment.unknown', event.data)));
  }

  @On(PaymentConflictFound, 'notifications')
  async conflictFound(event: EventOf<typeof PaymentConflictFound>, tx: Tx): Promise<void> {
    await this.logEvent.execute(tx, heardOf(PaymentConflictFound, event, ofConflict(event.data)));
  }
}
