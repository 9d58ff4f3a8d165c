import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#database';
import type { DeviceRequest } from '#http-door';
import { Clock } from '#kernel';
import { DeviceRepository } from '../infrastructure/device.repository.js';
import { AuthenticateDevice } from './authenticate-device.js';

/** Ends the session of the device; its code is kept. */
@Injectable()
export class LogOut {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly devices: DeviceRepository,
    private readonly authenticate: AuthenticateDevice,
    private readonly clock: Clock,
  ) {}

  /** Rejects with `invalid_proof` and `session_ended`. */
  async execute(request: DeviceRequest): Promise<void> {
    const { deviceId, sessionId } = await this.authenticate.byOldSession(request);
    await this.unitOfWork.run(async (tx) => {
      const device = await this.devices.get(tx, deviceId);
      device.logOut(sessionId, this.clock.now());
      await this.devices.save(tx, device);
    });
  }
}
