import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#database';
import type { DeviceRequest } from '#http-door';
import { Clock, newId } from '#kernel';
import { Device, type PublicKey } from '../domain/device.js';
import { DeviceKnownError, InvalidProofError, TooManyUnboundDevicesError } from '../domain/device-registry.errors.js';
import { DeviceRepository } from '../infrastructure/device.repository.js';
import { DeviceProof } from './device-proof.js';

/** A chain that sets up a whole delivery at once fits in; a flood from one address does not. */
const unboundPerAddress = 500;

export interface Registration {
  readonly serialNumber: string;
  readonly model: string;
  readonly appVersion: string;
  readonly publicKey: PublicKey;
  /** The network address that it comes from. */
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
    const { serialNumber, model, appVersion, address } = registration;
    return this.unitOfWork.run(async (tx) => {
      await this.devices.lockSerialNumber(tx, serialNumber);
      const known = await this.devices.findBySerialNumber(tx, serialNumber);
      if (known && known.state.keyThumbprint !== keyThumbprint) throw new DeviceKnownError();
      if (known) return known;
      if ((await this.devices.countUnbound(tx, address)) >= unboundPerAddress) throw new TooManyUnboundDevicesError();
      const registeredAt = this.clock.now();
      const facts = { serialNumber, model, appVersion, publicKey, keyThumbprint, registeredAt };
      const device = Device.register(newId(), facts);
      await this.devices.save(tx, device, address);
      return device;
    });
  }
}
