import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#database';
import { Clock, type DoneBy } from '#kernel';
import type { Device } from '../domain/device.js';
import { DeviceNotFoundError, ResultsUnsettledError } from '../domain/device-registry.errors.js';
import { DeviceCodes } from '../infrastructure/device-codes.js';
import { DeviceRepository } from '../infrastructure/device.repository.js';
import { UnsettledPayments } from './ports.js';

export interface ManagedDevice {
  readonly accountId: string;
  readonly code: string;
  readonly by: DoneBy;
}

/** What a merchant does to a device from afar; it takes effect at once where the device is connected, else when it is next seen. */
@Injectable()
export class ManageDevice {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly devices: DeviceRepository,
    private readonly codes: DeviceCodes,
    private readonly payments: UnsettledPayments,
    private readonly clock: Clock,
  ) {}

  /** Rejects with `device_not_found`. */
  async lock(managed: ManagedDevice): Promise<void> {
    await this.change(managed, (device, at) => {
      device.lock(managed.by, at);
    });
  }

  /** Rejects with `device_not_found`. */
  async unlock(managed: ManagedDevice): Promise<void> {
    await this.change(managed, (device, at) => {
      device.unlock(managed.by, at);
    });
  }

  /** Rejects with `device_not_found`, and unless it is forced with `results_unsettled`. */
  async retire(managed: ManagedDevice, { force }: { readonly force: boolean }): Promise<void> {
    await this.change(managed, async (device, at) => {
      if (!force && (await this.payments.exist(device.id))) throw new ResultsUnsettledError();
      device.retire(managed.by, at);
    });
  }

  private change(
    { accountId, code }: ManagedDevice,
    change: (device: Device, at: Date) => void | Promise<void>,
  ): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      const deviceId = await this.codes.deviceOf(tx, accountId, code);
      const device = deviceId === undefined ? undefined : await this.devices.find(tx, deviceId);
      if (device?.state.accountId !== accountId) throw new DeviceNotFoundError();
      await change(device, this.clock.now());
      await this.devices.save(tx, device);
    });
  }
}
