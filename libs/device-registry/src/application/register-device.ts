import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#database';
import type { DeviceRequest } from '#http-door';
import { Clock, newId } from '#kernel';
import { Device, type NewDevice, type PublicKey } from '../domain/device.js';
import {
  DeviceChangedError,
  DeviceKnownError,
  InvalidProofError,
  TooManyUnboundDevicesError,
} from '../domain/device-registry.errors.js';
import { networkOf } from '../domain/network-of.js';
import { DeviceRepository } from '../infrastructure/device.repository.js';
import { DeviceProof } from './device-proof.js';

/** A chain that sets up a whole delivery at once fits in; a flood from one network does not. */
const unboundPerNetwork = 500;

export interface Registration {
  readonly serialNumber: string;
  readonly model: string;
  readonly appVersion: string;
  readonly publicKey: PublicKey;
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
    private readonly clock: Clock,
  ) {}

  /** Rejects with `invalid_proof`, `device_known` and `too_many_requests`. */
  async execute(request: DeviceRequest, registration: Registration): Promise<Device> {
    const { publicKey, keyThumbprint } = await this.proofs.of(request);
    if (publicKey.x !== registration.publicKey.x || publicKey.y !== registration.publicKey.y) {
      throw new InvalidProofError();
    }
    const { serialNumber, model, appVersion } = registration;
    const registeredAt = this.clock.now();
    const facts = { serialNumber, model, appVersion, publicKey, keyThumbprint, registeredAt };
    const known = await this.knownOr(facts, networkOf(registration.address));
    const same = known.state.serialNumber === serialNumber && known.state.keyThumbprint === keyThumbprint;
    if (!same) throw new DeviceKnownError();
    return known;
  }

  /** The device that already has this serial number or this key, else a new one. */
  private knownOr(facts: NewDevice, network: string): Promise<Device> {
    return this.unitOfWork.run(async (tx) => {
      const known = await this.devices.findClaimed(tx, facts);
      if (known) return known;
      await this.devices.lockNetwork(tx, network);
      if ((await this.devices.countUnbound(tx, network)) >= unboundPerNetwork) throw new TooManyUnboundDevicesError();
      const device = Device.register(newId(), facts);
      if (await this.devices.add(tx, device, network)) return device;
      const faster = await this.devices.findClaimed(tx, facts);
      if (!faster) throw new DeviceChangedError();
      return faster;
    });
  }
}
