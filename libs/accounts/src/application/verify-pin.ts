import { Injectable } from '@nestjs/common';
import { KnownUsers } from '../infrastructure/known-users.js';
import { FailureLimits } from './failure-limits.js';
import { KeyedHashes } from './secrets.js';
import type { SignedInUser } from './signed-in-user.js';

const perDevice = 5;
/** A stolen key of one device must not spend the attempts of the others, and many devices must not multiply the guesses. */
const perAccount = 10 * perDevice;
/** What a day of typing errors may come to, whatever was right in between. */
const [perDeviceInADay, perAccountInADay] = [4 * perDevice, 4 * perAccount];

/** A user logs in to a device with the PIN. `accountId` is the account that the device is bound to. */
@Injectable()
export class VerifyPin {
  constructor(
    private readonly limits: FailureLimits,
    private readonly hashes: KeyedHashes,
    private readonly users: KnownUsers,
  ) {}

  /** Rejects with `invalid_credentials` or `locked_out` (facts: retryAfterSeconds). */
  execute(shown: {
    readonly accountId: string;
    readonly deviceId: string;
    readonly pin: string;
  }): Promise<SignedInUser> {
    const { accountId, deviceId, pin } = shown;
    const inARow = new Map([
      [`device-pin:${deviceId}`, perDevice],
      [`account-pin:${accountId}`, perAccount],
    ]);
    const inADay = new Map([
      [`device-pin-day:${deviceId}`, perDeviceInADay],
      [`account-pin-day:${accountId}`, perAccountInADay],
    ]);
    return this.limits.guard({ inARow, inADay }, () => this.users.byPin(accountId, this.hashes.ofPin(accountId, pin)));
  }
}
