import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#database';
import { type PaymentResult, resultMessage } from '../domain/device-message.js';
import { HearDevice } from './hear-device.js';

/** Results that a device delivers without a connection, so that none is ever stranded. */
@Injectable()
export class DeliverResults {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly hearDevice: HearDevice,
  ) {}

  /** The ids of the payments that are settled. One transaction for each: one payment's trouble is not another's. */
  async execute(deviceId: string, results: readonly (PaymentResult & { paymentId: string })[]): Promise<string[]> {
    const settled: string[] = [];
    for (const { paymentId, ...result } of results) {
      const heard = { deviceId, paymentId, from: null };
      const isSettled = await this.unitOfWork.run((tx) => this.hearDevice.execute(tx, heard, resultMessage(result)));
      if (isSettled) settled.push(paymentId);
    }
    return settled;
  }
}
