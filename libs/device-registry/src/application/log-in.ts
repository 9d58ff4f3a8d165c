import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#database';
import { Clock, newId } from '#kernel';
import { InvalidCredentialsError } from '../domain/device-registry.errors.js';
import type { Session } from '../domain/device-state.js';
import { DeactivatedUsers } from '../infrastructure/deactivated-users.js';
import { DeviceRepository } from '../infrastructure/device.repository.js';
import { type SignedInUser, UserAuthentication } from './ports.js';
import { SessionTokens } from './session-tokens.js';

export type Credentials = { readonly pin: string } | { readonly email: string; readonly password: string };

export interface LoggedIn {
  readonly sessionToken: string;
  readonly session: Session;
  readonly user: SignedInUser;
}

/** A user logs in to a device. API mode of that moment is the mode of the session; an open session of the device ends. */
@Injectable()
export class LogIn {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly devices: DeviceRepository,
    private readonly deactivated: DeactivatedUsers,
    private readonly users: UserAuthentication,
    private readonly tokens: SessionTokens,
    private readonly clock: Clock,
  ) {}

  /** Rejects with `setup_required`, `device_forbidden`, `invalid_credentials` and `locked_out`. */
  async execute(deviceId: string, credentials: Credentials): Promise<LoggedIn> {
    const accountId = await this.accountOf(deviceId);
    const user = await this.userOf(deviceId, accountId, credentials);
    const { session, publicKey } = await this.unitOfWork.run(async (tx) => {
      if (await this.deactivated.has(tx, user.userId)) throw new InvalidCredentialsError();
      const device = await this.devices.get(tx, deviceId);
      const mode = user.apiMode ? 'api' : 'standalone';
      const opened = device.logIn(newId(), { userId: user.userId, accountId, mode }, this.clock.now());
      await this.devices.save(tx, device);
      return { session: opened, publicKey: device.state.publicKey };
    });
    const sessionToken = await this.tokens.issue({ deviceId, accountId, publicKey, session });
    return { sessionToken, session, user };
  }

  /** What forbids the log-in is said before a PIN is looked at, and costs no attempt. */
  private async accountOf(deviceId: string): Promise<string> {
    const device = await this.unitOfWork.run((tx) => this.devices.get(tx, deviceId));
    return device.requireReadyForLogIn();
  }

  private userOf(deviceId: string, accountId: string, credentials: Credentials): Promise<SignedInUser> {
    return 'pin' in credentials
      ? this.users.byPin({ accountId, deviceId, pin: credentials.pin })
      : this.users.byPassword({ accountId, deviceId, ...credentials });
  }
}
