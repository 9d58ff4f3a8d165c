import { Controller } from '@nestjs/common';
import { DeviceListeningChanged, type EventOf } from '#contracts';
import type { Tx } from '#database';
import { Clock } from '#kernel';
import { On } from '#messaging';
import { ListeningDevices } from '../infrastructure/listening-devices.js';
import { Nodes } from '../infrastructure/nodes.js';

/** This context's own row of the device: what pairing decided last. */
@Controller()
export class OnDeviceListeningChanged {
  constructor(
    private readonly devices: ListeningDevices,
    private readonly nodes: Nodes,
    private readonly clock: Clock,
  ) {}

  @On(DeviceListeningChanged, 'payment-routing')
  async handle({ data, sequence }: EventOf<typeof DeviceListeningChanged>, tx: Tx): Promise<void> {
    await this.devices.put(tx, data, sequence ?? 0);
    if (data.node !== null) await this.nodes.begin(tx, data.node, this.clock.now());
  }
}
