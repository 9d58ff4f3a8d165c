import { Controller } from '@nestjs/common';
import { DeviceCodeAssigned, DeviceUnpaired, type EventOf } from '#contracts';
import type { Tx } from '#database';
import { Clock } from '#kernel';
import { On } from '#messaging';
import { DeviceCodes } from '../infrastructure/device-codes.js';
import { DeviceRepository } from '../infrastructure/device.repository.js';

/** Pairing gives a device its code and takes it away. */
@Controller()
export class OnDeviceCodeChanged {
  constructor(
    private readonly devices: DeviceRepository,
    private readonly codes: DeviceCodes,
    private readonly clock: Clock,
  ) {}

  @On(DeviceCodeAssigned, 'device-registry')
  async assigned({ data, sequence }: EventOf<typeof DeviceCodeAssigned>, tx: Tx): Promise<void> {
    await this.codes.put(tx, data, numberOf(sequence));
  }

  /** A device without its code has no session: its next log-in gets a new one. A later session than pairing knew of is that next log-in. */
  @On(DeviceUnpaired, 'device-registry')
  async unpaired({ data, sequence }: EventOf<typeof DeviceUnpaired>, tx: Tx): Promise<void> {
    const { deviceId, accountId, sessionNumber } = data;
    await this.codes.put(tx, { deviceId, accountId, code: null }, numberOf(sequence));
    const device = await this.devices.find(tx, deviceId);
    if (device?.state.accountId !== accountId) return;
    device.endSessionUpTo(sessionNumber, 'unpaired', this.clock.now());
    await this.devices.save(tx, device);
  }
}

function numberOf(sequence: number | null): number {
  if (sequence === null) throw new Error('an event of pairing without its number');
  return sequence;
}
