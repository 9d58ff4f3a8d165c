import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '#database';
import { Clock, displayText, type DoneBy, withoutCardNumber } from '#kernel';
import type { DeviceLabels, PairedDevice } from '../domain/paired-device.js';
import { DeviceNotFoundError } from '../domain/pairing.errors.js';
import { DeviceCodes } from '../infrastructure/device-codes.js';
import { PairedDeviceRepository } from '../infrastructure/paired-device.repository.js';
import { TellDevice } from './tell-device.js';

const longestLabel = 80;

export interface ManagedDevice {
  readonly accountId: string;
  readonly code: string;
  readonly by: DoneBy;
}

/** What a merchant changes of a pairing. Both reject with `device_not_found`. */
@Injectable()
export class ManagePairing {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly devices: PairedDeviceRepository,
    private readonly codes: DeviceCodes,
    private readonly tell: TellDevice,
    private readonly clock: Clock,
  ) {}

  /** Rejects with `invalid_field` and `card_data_not_allowed` too. An empty label is none. */
  async rename(managed: ManagedDevice, { name, location }: DeviceLabels): Promise<void> {
    const labels = { name: label(name, 'name'), location: label(location, 'location') };
    await this.change(managed, async (tx, device) => {
      device.rename(labels, managed.by, this.clock.now());
      await this.tell.standing(tx, [device]);
    });
  }

  /** The code is released and rests; the session of the device ends, and its next log-in gets another code. */
  async unpair(managed: ManagedDevice): Promise<void> {
    await this.change(managed, async (tx, device) => {
      const at = this.clock.now();
      const { accountId } = device.state;
      const code = device.unpair(managed.by, at);
      if (code !== null) await this.codes.release(tx, { accountId, code, at });
      await this.tell.standing(tx, [device]);
    });
  }

  private change(
    { accountId, code }: ManagedDevice,
    change: (tx: Tx, device: PairedDevice) => Promise<void>,
  ): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      const device = await this.devices.findByCode(tx, accountId, code);
      if (!device) throw new DeviceNotFoundError();
      await change(tx, device);
      await this.devices.save(tx, device);
    });
  }
}

function label(text: string | null | undefined, field: string): string | null | undefined {
  if (text === undefined || text === null) return text;
  return withoutCardNumber(displayText(text.trim(), field, longestLabel), field) || null;
}
