import { Controller } from '@nestjs/common';
import { AttemptNotStarted, type EventOf } from '#contracts';
import type { Tx } from '#database';
import { On } from '#messaging';
import { HearDevice } from './hear-device.js';
import { heardFrom } from './heard.js';

@Controller()
export class OnAttemptNotStarted {
  constructor(private readonly hearDevice: HearDevice) {}

  @On(AttemptNotStarted, 'payment-routing')
  async handle(event: EventOf<typeof AttemptNotStarted>, tx: Tx): Promise<void> {
    await this.hearDevice.execute(tx, heardFrom(event), { type: 'not_started', attempt: event.data.attempt });
  }
}
