import { Controller } from '@nestjs/common';
import { type EventOf, PingShown } from '#contracts';
import type { Tx } from '#database';
import { Clock } from '#kernel';
import { On } from '#messaging';
import { DeviceStatuses } from '../infrastructure/device-statuses.js';

/** A sign of life, and nothing else. */
@Controller()
export class OnPingShown {
  constructor(
    private readonly statuses: DeviceStatuses,
    private readonly clock: Clock,
  ) {}

  @On(PingShown, 'pairing')
  async handle({ data }: EventOf<typeof PingShown>, tx: Tx): Promise<void> {
    await this.statuses.seen(tx, data.deviceId, this.clock.now());
  }
}
