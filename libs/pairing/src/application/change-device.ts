import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';
import { Clock } from '#kernel';
import type { PairedDevice } from '../domain/paired-device.js';
import { PairedDeviceRepository } from '../infrastructure/paired-device.repository.js';
import { AssignCode } from './assign-code.js';
import { TellDevice } from './tell-device.js';

type Change = (device: PairedDevice, at: Date) => void | Promise<void>;

/** Loads a device locked, changes it, gives it a code where it needs one, saves it, and tells it what is new. */
@Injectable()
export class ChangeDevice {
  constructor(
    private readonly devices: PairedDeviceRepository,
    private readonly assignCode: AssignCode,
    private readonly tell: TellDevice,
    private readonly clock: Clock,
  ) {}

  /** `accountId`: for a device that this context has not heard of yet. */
  async execute(tx: Tx, device: { deviceId: string; accountId: string }, change: Change): Promise<PairedDevice> {
    const at = this.clock.now();
    const paired = await this.devices.getOrStart(tx, device.deviceId, device.accountId);
    const before = paired.state;
    await change(paired, at);
    if (paired.needsCode) await this.assignCode.execute(tx, paired, at);
    if (paired.state === before) return paired;
    await this.devices.save(tx, paired);
    if (paired.recorded.length > 0) await this.tell.settings(tx, paired);
    return paired;
  }
}
