import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#database';
import { Clock } from '#kernel';
import type { SetUpStep } from '../domain/device.js';
import { BindingForbiddenError } from '../domain/device-registry.errors.js';
import { DeviceRepository } from '../infrastructure/device.repository.js';
import { UserAuthentication } from './ports.js';

/** Binds a device to the account of the administrator or manager who shows e-mail and password. */
@Injectable()
export class BindDevice {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly devices: DeviceRepository,
    private readonly users: UserAuthentication,
    private readonly clock: Clock,
  ) {}

  /** Rejects with `invalid_credentials`, `locked_out`, `forbidden` and `device_forbidden`. */
  async execute(asked: { readonly deviceId: string; readonly email: string; readonly password: string }): Promise<{
    readonly missing: readonly SetUpStep[];
    readonly account: { readonly id: string; readonly name: string };
  }> {
    const user = await this.users.byPassword({ ...asked, accountId: null });
    if (user.role === 'staff') throw new BindingForbiddenError();
    const missing = await this.unitOfWork.run(async (tx) => {
      const device = await this.devices.get(tx, asked.deviceId);
      device.bindTo(user.accountId, this.clock.now());
      await this.devices.save(tx, device);
      return device.missingSteps;
    });
    return { missing, account: { id: user.accountId, name: user.accountName } };
  }
}
