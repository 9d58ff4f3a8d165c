import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { UnitOfWork } from '#database';
import { RepeatingTask } from '#messaging';
import { PaymentRepository } from '../infrastructure/payment.repository.js';
import { DeviceMail } from './device-mail.js';
import { replyFrame } from './payment-frames.js';

const everyMs = 1_000;
const atOnce = 100;

/** Ends, or calls unknown, what no device answers for in time. Several processes share the work. */
@Injectable()
export class PassDeadlines implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly sweeper = new RepeatingTask(PassDeadlines.name, everyMs, () => this.execute());

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
    while ((await this.unitOfWork.run((tx) => this.passSome(tx))) === atOnce);
  }

  private async passSome(tx: Parameters<Parameters<UnitOfWork['run']>[0]>[0]): Promise<number> {
    const at = this.mail.now();
    const due = await this.payments.due(tx, at, atOnce);
    for (const { payment, address } of due) {
      payment.passDeadline(at);
      await this.payments.save(tx, payment);
      this.mail.wake(tx, payment.id);
      const frame = payment.isFinal ? replyFrame('withdraw', payment, at) : undefined;
      if (frame && address) this.mail.send(tx, address, frame);
    }
    return due.length;
  }
}
