import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { UnitOfWork } from '#database';
import { RepeatingTask } from '#messaging';
import { PaymentRepository } from '../infrastructure/payment.repository.js';
import { DeviceMail } from './device-mail.js';
import { requestFrame } from './payment-frames.js';

const everyMs = 500;

/** Sends the request of each open payment again: every 2 s while the prompt may still appear, then every 10 s. The device answers with its stage. */
@Injectable()
export class AskAgain implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly sweeper = new RepeatingTask(AskAgain.name, everyMs, () => this.execute());

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly payments: PaymentRepository,
    private readonly mail: DeviceMail,
  ) {}

  onApplicationBootstrap(): void {
    this.sweeper.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.sweeper.stop();
  }

  async execute(): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      for (const { payment, address } of await this.payments.toAskAgain(tx, this.mail.now())) {
        this.mail.send(tx, address, requestFrame(payment));
      }
    });
  }
}
