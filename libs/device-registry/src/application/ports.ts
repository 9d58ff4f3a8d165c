import type { Currency } from '#kernel';
import type { JWK } from 'jose';

/** What the platform tells this context. */
export abstract class DeviceRegistrySettings {
  /** The private ES256 key that signs session tokens. */
  abstract readonly sessionKey: JWK;
  /** The origins under which devices may reach this platform, e.g. `https://pay.example.com`; a proof for another host is refused. */
  abstract readonly origins: readonly string[];
  /** `ws://` or `wss://`, ending in /device/v1/connect. */
  abstract readonly gatewayUrl: string;
  /** Keys the hashes of set-up codes, at least 32 bytes. */
  abstract readonly setUpCodeKey: Buffer;
  /** `major.minor.patch` */
  abstract readonly minimumAppVersion: string;
}

/** A user who has shown a PIN or a password, with what a terminal needs to know of the account. */
export interface SignedInUser {
  readonly userId: string;
  readonly userName: string;
  readonly role: 'administrator' | 'manager' | 'staff';
  readonly accountId: string;
  readonly accountName: string;
  readonly apiMode: boolean;
  readonly currency: Currency;
  readonly timeZone: string;
  readonly locale: string;
}

/** Who logs in: answered by accounts. Both reject with `invalid_credentials` and `locked_out`. */
export abstract class UserAuthentication {
  abstract byPin(shown: {
    readonly accountId: string;
    readonly deviceId: string;
    readonly pin: string;
  }): Promise<SignedInUser>;

  /** `accountId`: the account that the user must belong to; null where the device has none yet. */
  abstract byPassword(shown: {
    readonly email: string;
    readonly password: string;
    readonly deviceId: string;
    readonly accountId: string | null;
  }): Promise<SignedInUser>;
}

/** What payments know of a device. */
export abstract class UnsettledPayments {
  /** Whether a payment on it has no final state yet. */
  abstract exist(deviceId: string): Promise<boolean>;
}
