import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#database';
import type { DeviceRequest } from '#http-door';
import { DeviceRepository } from '../infrastructure/device.repository.js';
import { AuthenticateDevice } from './authenticate-device.js';
import { SessionTokens } from './session-tokens.js';

/** A new token for the old one, even an expired one, while the session is open; the mode never changes. */
@Injectable()
export class RenewSessionToken {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly devices: DeviceRepository,
    private readonly authenticate: AuthenticateDevice,
    private readonly tokens: SessionTokens,
  ) {}

  /** Rejects with `invalid_proof`, `unknown_device`, `session_ended` and `device_forbidden`. */
  async execute(request: DeviceRequest): Promise<string> {
    const { deviceId, accountId, sessionId } = await this.authenticate.byOldSession(request);
    const device = await this.unitOfWork.run((tx) => this.devices.get(tx, deviceId));
    const session = device.requireOpen(sessionId);
    return this.tokens.issue({ deviceId, accountId, publicKey: device.state.publicKey, session });
  }
}
