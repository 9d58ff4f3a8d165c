import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '#database';
import type { DeviceRequest } from '#http-door';
import { Clock, newId } from '#kernel';
import { Device } from '../domain/device.js';
import type { NewDevice, PublicKey } from '../domain/device-state.js';
import {
  DeviceChangedError,
  DeviceKnownError,
  InvalidProofError,
  TooManyUnboundDevicesError,
} from '../domain/device-registry.errors.js';
import { networkOf } from '../domain/network-of.js';
import { DeviceRepository } from '../infrastructure/device.repository.js';
import { DeviceProof } from './device-proof.js';
import { RedeemSetUpCode } from './redeem-set-up-code.js';

/** A chain that sets up a whole delivery at once fits in; a flood from one network does not. */
const unboundPerNetwork = 500;

export interface Registration {
  readonly serialNumber: string;
  readonly model: string;
  readonly appVersion: string;
  readonly publicKey: PublicKey;
  /** Binds the device at once, and lets a new key stand for a device that the account has. */
  readonly setUpCode?: string | undefined;
  /** The IP address that it comes from. */
  readonly address: string;
}

/** The first word of a terminal: from now on its key stands for it. The same key may say it again. */
@Injectable()
export class RegisterDevice {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly devices: DeviceRepository,
    private readonly proofs: DeviceProof,
    private readonly redeem: RedeemSetUpCode,
    private readonly clock: Clock,
  ) {}

  /** Rejects with `invalid_proof`, `device_known`, `too_many_requests`, and with a set-up code also `invalid_setup_code` and `device_forbidden`. */
  async execute(request: DeviceRequest, registration: Registration): Promise<Device> {
    const { publicKey, keyThumbprint } = await this.proofs.of(request);
    if (publicKey.x !== registration.publicKey.x || publicKey.y !== registration.publicKey.y) {
      throw new InvalidProofError();
    }
    const { serialNumber, model, appVersion, setUpCode } = registration;
    const facts = { serialNumber, model, appVersion, publicKey, keyThumbprint, registeredAt: this.clock.now() };
    const network = networkOf(registration.address);
    if (setUpCode !== undefined) await this.redeem.countGuess(network);
    return this.unitOfWork.run(async (tx) => {
      const known = await this.knownOr(tx, facts, network);
      if (setUpCode !== undefined) return this.bound(tx, known, facts, { setUpCode, network });
      if (!isSame(known, facts)) throw new DeviceKnownError();
      return known;
    });
  }

  /** The device that already has this serial number or this key, else a new one. */
  private async knownOr(tx: Tx, facts: NewDevice, network: string): Promise<Device> {
    const known = await this.devices.findClaimed(tx, facts);
    if (known) return known;
    await this.devices.lockNetwork(tx, network);
    if ((await this.devices.countUnbound(tx, network)) >= unboundPerNetwork) throw new TooManyUnboundDevicesError();
    const device = Device.register(newId(), facts);
    if (await this.devices.add(tx, device, network)) return device;
    const faster = await this.devices.findClaimed(tx, facts);
    if (!faster) throw new DeviceChangedError();
    return faster;
  }

  /** A key that stands for another device never stands for two. */
  private async bound(
    tx: Tx,
    known: Device,
    facts: NewDevice,
    shown: { readonly setUpCode: string; readonly network: string },
  ): Promise<Device> {
    const { accountId } = await this.redeem.execute(tx, shown.setUpCode, shown.network);
    const at = this.clock.now();
    const device = await this.devices.get(tx, known.id);
    device.reinstate(accountId, at);
    if (!isSame(device, facts)) {
      if (await this.devices.hasKey(tx, facts.keyThumbprint)) throw new DeviceKnownError();
      device.replaceKey(facts, accountId, at);
    }
    device.bindTo(accountId, at);
    await this.devices.save(tx, device);
    return device;
  }
}

const isSame = ({ state }: Device, { serialNumber, keyThumbprint }: NewDevice): boolean =>
  state.serialNumber === serialNumber && state.keyThumbprint === keyThumbprint;
