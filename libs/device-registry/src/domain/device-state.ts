import type { DoneBy } from '#kernel';

export const setUpSteps = ['network', 'app', 'account'] as const;
export type SetUpStep = (typeof setUpSteps)[number];

/** The public half of the device's own P-256 key. */
export interface PublicKey {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly x: string;
  readonly y: string;
}

export type Mode = 'api' | 'standalone';

export interface Session {
  readonly id: string;
  /** Rises by one at each log-in of the device. */
  readonly number: number;
  readonly mode: Mode;
  readonly userId: string;
  readonly openedAt: Date;
}

/** Who logs in, and the account's API mode at that moment. */
export interface SessionUser {
  readonly userId: string;
  readonly accountId: string;
  readonly mode: Mode;
}

export type SessionEndReason =
  'logged_out' | 'logged_in_again' | 'unpaired' | 'user_deactivated' | 'moved' | 'retired' | 'key_replaced';

export interface DeviceState {
  readonly serialNumber: string;
  readonly model: string;
  readonly appVersion: string;
  readonly publicKey: PublicKey;
  readonly keyThumbprint: string;
  readonly registeredAt: Date;
  readonly networkChecked: boolean;
  readonly appInstalled: boolean;
  readonly accountId: string | null;
  readonly lastSessionNumber: number;
  readonly session: Session | null;
  readonly locked: boolean;
  readonly retired: boolean;
}

export type DeviceEvent = { readonly at: Date; readonly device: DeviceState } & (
  | { readonly type: 'DeviceSetUp' }
  | { readonly type: 'DeviceLoggedIn'; readonly session: Session }
  | { readonly type: 'DeviceSessionEnded'; readonly ended: Session; readonly reason: SessionEndReason }
  | { readonly type: 'DeviceLocked' | 'DeviceUnlocked' | 'DeviceRetired'; readonly by: DoneBy }
);

export type NewDevice = Pick<
  DeviceState,
  'serialNumber' | 'model' | 'appVersion' | 'publicKey' | 'keyThumbprint' | 'registeredAt'
>;
export type DeviceKey = Pick<DeviceState, 'publicKey' | 'keyThumbprint'>;
