import { Controller } from '@nestjs/common';
import { type EventOf, GatewayAlive } from '#contracts';
import type { Tx } from '#database';
import { On } from '#messaging';
import { ListeningDevices } from '../infrastructure/listening-devices.js';
import { DeviceMail } from './device-mail.js';

@Controller()
export class OnGatewayAlive {
  constructor(
    private readonly devices: ListeningDevices,
    private readonly mail: DeviceMail,
  ) {}

  @On(GatewayAlive, 'payment-routing')
  async handle({ data }: EventOf<typeof GatewayAlive>, tx: Tx): Promise<void> {
    await this.devices.nodeSeen(tx, data.node, this.mail.now());
  }
}
