import { Injectable, Logger } from '@nestjs/common';
import { UnitOfWork } from '#database';
import { Clock } from '#kernel';
import { type PaymentResult, resultMessage } from '../domain/device-message.js';
import { HearDevice } from './hear-device.js';
import type { Heard } from './heard.js';

/** Results that a device delivers without a connection, so that none is ever stranded. */
@Injectable()
export class DeliverResults {
  private readonly logger = new Logger(DeliverResults.name);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly hearDevice: HearDevice,
    private readonly clock: Clock,
  ) {}

  /**
   * The ids of the payments that are settled. One transaction for each, so that one payment's trouble is not another's;
   * rejects when none could be stored.
   */
  async execute(deviceId: string, results: readonly (PaymentResult & { paymentId: string })[]): Promise<string[]> {
    const settled: string[] = [];
    const at = this.clock.now();
    const failures: unknown[] = [];
    for (const { paymentId, ...result } of results) {
      try {
        if (await this.settle({ deviceId, paymentId, at, from: null }, result)) settled.push(paymentId);
      } catch (error) {
        this.logger.error(`a result of device ${deviceId} for payment ${paymentId} could not be stored`);
        failures.push(error);
      }
    }
    if (failures.length === results.length) throw failures[0];
    return settled;
  }

  private settle(heard: Heard, result: PaymentResult): Promise<boolean> {
    return this.unitOfWork.run((tx) => this.hearDevice.execute(tx, heard, resultMessage(result)));
  }
}
