import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '#database';
import { Sweeper } from '#messaging';
import { PaymentRepository } from '../infrastructure/payment.repository.js';
import { PaymentTimetable } from '../infrastructure/payment-timetable.js';
import { DeviceMail } from './device-mail.js';
import { TellEnded } from './tell-ended.js';

const everyMs = 1_000;
const atOnce = 100;

/** Ends, or calls unknown, what no device answers for in time. Several processes share the work. */
@Injectable()
export class PassDeadlines extends Sweeper {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly timetable: PaymentTimetable,
    private readonly payments: PaymentRepository,
    private readonly tellEnded: TellEnded,
    private readonly mail: DeviceMail,
  ) {
    super(everyMs);
  }

  async execute(): Promise<void> {
    while ((await this.unitOfWork.run((tx) => this.passSome(tx))) === atOnce);
  }

  private async passSome(tx: Tx): Promise<number> {
    const at = this.mail.now();
    const due = await this.timetable.due(tx, at, atOnce);
    for (const payment of due) payment.passDeadline(at);
    await this.payments.saveAll(tx, due);
    for (const { id } of due.filter(({ isFinal }) => !isFinal)) this.mail.wake(tx, id);
    await this.tellEnded.execute(
      tx,
      due.filter(({ isFinal }) => isFinal),
    );
    return due.length;
  }
}
