import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';
import type { PairedDevice } from '../domain/paired-device.js';
import { PairedDeviceRepository } from '../infrastructure/paired-device.repository.js';
import { AssignCode } from './assign-code.js';
import { TellDevice } from './tell-device.js';

/** Whom a fact is about, and when it became true. */
export interface Fact {
  readonly deviceId: string;
  /** For a device that this context has not heard of yet. */
  readonly accountId: string;
  readonly at: Date;
}

/** Loads a device locked, changes it, gives it a code where it earned one, saves it, and tells it how it stands now. */
@Injectable()
export class ChangeDevice {
  constructor(
    private readonly devices: PairedDeviceRepository,
    private readonly assignCode: AssignCode,
    private readonly tell: TellDevice,
  ) {}

  async execute(
    tx: Tx,
    { deviceId, accountId, at }: Fact,
    change: (device: PairedDevice) => void | Promise<void>,
  ): Promise<PairedDevice> {
    const device = await this.devices.getOrStart(tx, deviceId, accountId);
    const before = device.state;
    await change(device);
    if (device.needsCode) await this.assignCode.execute(tx, device, at);
    if (device.state !== before) await this.devices.save(tx, device);
    // Told even when nothing changed: a frame may be lost, and a device that presses Continue again asks for it.
    await this.tell.standing(tx, [device]);
    return device;
  }
}
