import { Controller } from '@nestjs/common';
import { CardPresented, type EventOf } from '#contracts';
import type { Tx } from '#database';
import { On } from '#messaging';
import { HearDevice } from './hear-device.js';
import { heardFrom } from './heard.js';

@Controller()
export class OnCardPresented {
  constructor(private readonly hearDevice: HearDevice) {}

  @On(CardPresented, 'payment-routing')
  async handle(event: EventOf<typeof CardPresented>, tx: Tx): Promise<void> {
    const { attempt, tip, entryMode } = event.data;
    await this.hearDevice.execute(tx, heardFrom(event), { type: 'begin', attempt, tip, entryMode });
  }
}
