import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';
import type { Payment } from '../domain/payment.js';
import { PaymentTimetable } from '../infrastructure/payment-timetable.js';
import { DeviceMail } from './device-mail.js';
import { replyFrame } from './payment-frames.js';

/** Says that payments ended, to those who wait for them and to devices that still show them. */
@Injectable()
export class TellEnded {
  constructor(
    private readonly timetable: PaymentTimetable,
    private readonly mail: DeviceMail,
  ) {}

  now(): Date {
    return this.mail.now();
  }

  /** After the commit. A device that is not connected learns it at its next connection. */
  async execute(tx: Tx, ended: readonly Payment[]): Promise<void> {
    for (const { id } of ended) this.mail.wake(tx, id);
    for (const { payment, ...address } of await this.timetable.reachable(tx, ended)) {
      const frame = replyFrame('withdraw', payment, this.now());
      if (frame) this.mail.send(tx, address, frame);
    }
  }
}
