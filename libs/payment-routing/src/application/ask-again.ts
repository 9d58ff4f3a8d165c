import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#database';
import { Sweeper } from '#messaging';
import { PaymentTimetable } from '../infrastructure/payment-timetable.js';
import { DeviceMail } from './device-mail.js';
import { requestFrame } from './payment-frames.js';

const everyMs = 500;
const atOnce = 500;

/**
 * Sends the request of each payment again whose end the device has not told: every 2 s while the prompt may still appear, then
 * every 10 s. The device answers with its stage.
 */
@Injectable()
export class AskAgain extends Sweeper {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly timetable: PaymentTimetable,
    private readonly mail: DeviceMail,
  ) {
    super(everyMs);
  }

  async execute(): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const asked = await this.timetable.toAskAgain(tx, this.mail.now(), atOnce);
      for (const { payment, ...address } of asked) this.mail.send(tx, address, requestFrame(payment));
    });
  }
}
