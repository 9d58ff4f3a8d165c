import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '#database';
import { Clock } from '#kernel';
import type { SetUpStep } from '../domain/device-state.js';
import { BindingForbiddenError } from '../domain/device-registry.errors.js';
import { networkOf } from '../domain/network-of.js';
import { DeviceRepository } from '../infrastructure/device.repository.js';
import { UserAuthentication } from './ports.js';
import { RedeemSetUpCode } from './redeem-set-up-code.js';

interface Account {
  readonly id: string;
  readonly name: string;
}

export interface Bound {
  readonly missing: readonly SetUpStep[];
  readonly account: Account;
}

/** Binds a device to the account of the administrator or manager who shows e-mail and password, or who made the set-up code. */
@Injectable()
export class BindDevice {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly devices: DeviceRepository,
    private readonly users: UserAuthentication,
    private readonly redeem: RedeemSetUpCode,
    private readonly clock: Clock,
  ) {}

  /** Rejects with `invalid_credentials`, `locked_out`, `forbidden` and `device_forbidden`. */
  async byPassword(asked: { readonly deviceId: string; readonly email: string; readonly password: string }) {
    const user = await this.users.byPassword({ ...asked, accountId: null });
    if (user.role === 'staff') throw new BindingForbiddenError();
    const account = { id: user.accountId, name: user.accountName };
    return this.unitOfWork.run((tx) => this.bind(tx, asked.deviceId, account));
  }

  /** `address`: the IP address that it comes from. Rejects with `invalid_setup_code`, `too_many_requests` and `device_forbidden`. */
  async bySetUpCode(asked: { readonly deviceId: string; readonly setUpCode: string; readonly address: string }) {
    const network = networkOf(asked.address);
    await this.redeem.countGuess(network);
    return this.unitOfWork.run(async (tx) => {
      const { accountId, accountName } = await this.redeem.execute(tx, asked.setUpCode, network);
      return this.bind(tx, asked.deviceId, { id: accountId, name: accountName });
    });
  }

  private async bind(tx: Tx, deviceId: string, account: Account): Promise<Bound> {
    const at = this.clock.now();
    const device = await this.devices.get(tx, deviceId);
    device.reinstate(account.id, at);
    device.bindTo(account.id, at);
    await this.devices.save(tx, device);
    return { missing: device.missingSteps, account };
  }
}
